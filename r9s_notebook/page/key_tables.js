// Keys by tables: what a key does and what the list under ? says of it are one row, so that neither can be forgotten.
//
// A row has `keys`, a `label`, and `does`; one without `does` is for what the browser does by itself.

import { t } from "./translation.js";

/** "Ctrl+Shift+z", "Shift+s", "[": Shift is named only where it does not show in the key itself. */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const shift = shiftKey && (key.length > 1 || /[a-z ]/i.test(key)) ? "Shift+" : "";
  return (ctrlKey || metaKey ? "Ctrl+" : "") + (altKey ? "Alt+" : "") + shift + (key.length === 1 ? key.toLowerCase() : key);
}

/** The first row that a key belongs to; a letter is the same with Shift, where that is no row of its own. */
export function rowFor(rows, event) {
  const name = keyName(event);
  const find = (wanted) => rows.find(({ keys }) => keys.includes(wanted));
  return find(name) ?? (/^Shift\+[a-z]$/.test(name) ? find(name.slice(-1)) : undefined);
}

/** Does what a row says of a key, and says whether there was something to do. */
export function obey(rows, event, ...given) {
  const row = rowFor(rows, event);
  return Boolean(row?.does) && row.does(...given, event) !== false;
}

/** Whether a key presses the button that has the focus. */
export const isPress = ({ key }) => key === "Enter" || key === " ";

/** The steps of menus, toolbars, lists and trees: from entry `at` to another one, -1 for the last. */
export const LIST_KEYS = [
  { keys: ["ArrowDown", "ArrowRight"], label: t("Next"), does: (at, count) => (at + 1) % count },
  { keys: ["ArrowUp", "ArrowLeft"], label: t("Former"), does: (at) => at - 1 },
  { keys: ["Home"], label: t("First"), does: () => 0 },
  { keys: ["End"], label: t("Last"), does: () => -1 },
];

/** The entry that a key leads to, if it leads to one. */
export const stepAmong = (entries, event) => {
  const row = rowFor(LIST_KEYS, event);
  return row && entries.at(row.does(entries.indexOf(document.activeElement), entries.length));
};
