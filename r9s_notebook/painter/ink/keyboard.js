// Keys, wherever the focus is inside the painter, except in its text fields.

import { t } from "../../page/translation.js";
import { Polygon } from "./gestures.js";
import { run } from "./commands.js";
import { NUDGES } from "./moves.js";
import { movedOp } from "./ops.js";

const FAR = 10;

const isTyping = (target) =>
  target.isContentEditable || target.closest("input:not([type=checkbox]):not([type=range]), textarea, select") !== null;

/** "Ctrl+Shift+z", "Shift+S", "[": Shift is named only where it does not show in the key itself. */
export function keyName({ key, ctrlKey, metaKey, shiftKey }) {
  const shift = shiftKey && (key.length > 1 || /[a-z]/i.test(key)) ? "Shift+" : "";
  return (ctrlKey || metaKey ? "Ctrl+" : "") + shift + (key.length === 1 ? key.toLowerCase() : key);
}

export function listenToKeys(view, signal) {
  const byKey = new Map(PAINTER_COMMANDS.flatMap(({ name, keys }) => keys.map((key) => [key, name])));
  const on = (target, name, listener) => target.addEventListener(name, listener, { capture: true, signal });
  const take = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };

  on(view.root, "keydown", (event) => {
    if (isTyping(event.target) || event.altKey) return;
    const onStage = view.stage.element.contains(event.target);
    const name = keyName(event);
    if (onStage && name in { Enter: 1, Escape: 1, Backspace: 1 } && view.gesture) {
      take(event);
      return endGesture(view, name);
    }
    if (name === "Ctrl+z" && view.gesture) {
      take(event);
      return view.pointers.cancelGesture();
    }
    const { crosshair } = view;
    if (crosshair.place && name === "Escape") {
      take(event);
      return crosshair.putAway();
    }
    if (onStage && event.key in NUDGES) {
      take(event);
      if (crosshair.place) return crosshair.move(NUDGES[event.key], event.shiftKey);
      const far = event.shiftKey ? FAR : 1;
      return nudge(view, NUDGES[event.key].map((step) => step * far));
    }
    if (onStage && event.key === " ") {
      take(event);
      return crosshair.place ? crosshair.press(event.shiftKey) : view.holdHand(true);
    }
    if (name === "e" && event.repeat) return take(event);
    if (name === "e") view.holdEraser(true);
    if (byKey.has(name) && !(name === "e" && view.usedWhileHeld)) {
      take(event);
      return name === "e" ? undefined : run(view, byKey.get(name));
    }
  });

  on(view.root, "keyup", (event) => {
    if (event.key === " ") {
      view.crosshair.lift();
      view.holdHand(false);
    }
    if (event.key.toLowerCase() === "e" && view.erasing) {
      view.holdEraser(false);
      if (!view.usedWhileHeld) run(view, "eraser"); // a tap on the key, nothing painted meanwhile
    }
    if (event.key in NUDGES) view.settle();
  });
  on(view.root, "focusout", (event) => {
    if (view.root.contains(event.relatedTarget)) return;
    view.crosshair.lift();
    view.holdHand(false);
    view.holdEraser(false);
    view.settle();
  });
}

function endGesture(view, key) {
  if (key === "Enter") view.pointers.finishGesture();
  else if (key === "Escape") view.pointers.cancelGesture();
  else if (view.gesture instanceof Polygon) {
    view.gesture.removeCorner();
    view.pointers.showOutline();
  }
}

/** Moves what was drawn last; the kernel hears of it once, when the key is let go. */
function nudge(view, [dx, dy]) {
  const { head } = view.document.shown;
  const op = view.document.canUndo && head.parent ? movedOp(head.op, dx, dy) : null;
  if (!op && head.op.type === "bitmap") return view.say(t("An area cannot be moved: only what was drawn can"));
  if (!op) return view.say(t("Nothing to move: draw a shape first"));
  view.document.amendLater(op);
  const pixels = Math.abs(dx || dy);
  if (dx) view.say(dx > 0 ? t("Moved {pixels} right", { pixels }) : t("Moved {pixels} left", { pixels }));
  else view.say(dy > 0 ? t("Moved {pixels} down", { pixels }) : t("Moved {pixels} up", { pixels }));
}
