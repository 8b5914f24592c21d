// Keys as a keyboard is labelled, of which each language has its own.

import { t, tp } from "./translation.js";

const KEY_NAMES = {
  Control: t("Ctrl"),
  Ctrl: t("Ctrl"),
  Alt: t("Alt"),
  Shift: t("Shift"),
  Enter: t("Enter"),
  Escape: t("Escape"),
  Delete: tp("key", "Delete"),
  Backspace: t("Backspace"),
  Home: tp("key", "Home"),
  End: tp("key", "End"),
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  " ": t("Space"),
};

/** "Ctrl+Shift+z" as a keyboard is labelled. */
export const readable = (key) =>
  key
    .split(/\+(?=.)/)
    .map((part) => KEY_NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join("+");
