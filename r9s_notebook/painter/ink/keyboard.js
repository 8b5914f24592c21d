// Keys, wherever the focus is inside the painter, except in its text fields.

import { openKeys } from "../../page/keys_help.js";
import { keyName } from "../../page/key_tables.js";
import { t } from "../../page/translation.js";
import { Polygon } from "./gestures.js";
import { run } from "./commands.js";
import { NUDGES, PAINTER_MOVES, painterKeys } from "./moves.js";
import { movedOp } from "./ops.js";

const FAR = 10;
const ERASER = "e"; // held for a moment's use, it is let go again
const HAND = " ";

const isTyping = (target) =>
  target.isContentEditable || target.closest("input:not([type=checkbox]):not([type=range]), textarea, select") !== null;

/** What the moves of `PAINTER_MOVES` do; false where there is nothing to do, and the key means something else. */
const MOVES = {
  finish: (view) => Boolean(view.gesture) && view.pointers.finishGesture(),
  removeCorner(view) {
    if (!view.gesture) return false;
    if (!(view.gesture instanceof Polygon)) return undefined;
    view.gesture.removeCorner();
    return view.pointers.showOutline();
  },
  giveUp(view, { target }) {
    if (view.gesture && view.stage.element.contains(target)) return view.pointers.cancelGesture();
    return Boolean(view.crosshair.place) && view.crosshair.putAway();
  },
  takeBack: (view) => Boolean(view.gesture) && view.pointers.cancelGesture(),
  move: (view, { key }) => move(view, NUDGES[key], false),
  moveFar: (view, { key }) => move(view, NUDGES[key], true),
  hold: (view, { shiftKey }) => void (view.crosshair.place ? view.crosshair.press(shiftKey) : view.holdHand(true)),
};

export function listenToKeys(view, signal) {
  const byKey = new Map(PAINTER_COMMANDS.flatMap(({ name, keys }) => keys.map((key) => [key, name])));
  const on = (target, name, listener) => target.addEventListener(name, listener, { capture: true, signal });

  /** Whether a key was one of the painter's. */
  function takes(event) {
    const name = keyName(event);
    const onStage = view.stage.element.contains(event.target);
    const row = PAINTER_MOVES.find(({ keys, everywhere }) => keys.includes(name) && (onStage || everywhere));
    if (row && MOVES[row.name](view, event) !== false) return true;
    if (name === "?") openKeys(view.root, [painterKeys()], event.target);
    else if (name === ERASER) return erase(event);
    else if (byKey.has(name)) run(view, byKey.get(name));
    else return false;
    return true;
  }

  function erase(event) {
    if (!event.repeat) view.holdEraser(true);
    return true;
  }

  on(view.root, "keydown", (event) => {
    if (isTyping(event.target) || event.target.closest("dialog") || event.altKey || !takes(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  on(view.root, "keyup", (event) => {
    const name = keyName({ key: event.key });
    if (name === HAND) {
      view.crosshair.lift();
      view.holdHand(false);
    }
    if (name === ERASER && view.erasing) {
      view.holdEraser(false);
      if (!view.usedWhileHeld) run(view, "eraser"); // a tap on the key, nothing painted meanwhile
    }
    if (name in NUDGES) view.settle();
  });
  on(view.root, "focusout", (event) => {
    if (view.root.contains(event.relatedTarget)) return;
    view.crosshair.lift();
    view.holdHand(false);
    view.holdEraser(false);
    view.settle();
  });
}

function move(view, step, isFar) {
  if (view.crosshair.place) return view.crosshair.move(step, isFar);
  return nudge(view, step.map((one) => one * (isFar ? FAR : 1)));
}

/** Moves what was drawn last; the kernel hears of it once, when the key is let go. */
function nudge(view, [dx, dy]) {
  const { head } = view.document.shown;
  const op = view.document.canUndo && head.parent ? movedOp(head.op, dx, dy) : null;
  if (!op && head.op.type === "bitmap") return view.say(t("An area cannot be moved: only what was drawn can"));
  if (!op) return view.say(t("Nothing to move: draw a shape first"));
  view.document.amendLater(op);
  const pixels = Math.abs(dx || dy);
  if (dx) return view.say(dx > 0 ? t("Moved {pixels} right", { pixels }) : t("Moved {pixels} left", { pixels }));
  return view.say(dy > 0 ? t("Moved {pixels} down", { pixels }) : t("Moved {pixels} up", { pixels }));
}
