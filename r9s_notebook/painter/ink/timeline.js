// The mask's past and future as a value: a chain of operations, each knowing the one before it.
//
// A node is one operation on top of its parent; the same node always means the same pixels, which is what makes
// pictures of nodes worth keeping (see document.js). `steps` counts what can be undone: it can be more than the chain
// is long, because after a page reload the kernel remembers steps that this page has never seen.

import { OPERATIONS } from "./ops.js";

const KEPT_BITMAPS = 16; // each is as large as the image's layer; older ones are the kernel's to remember

export const node = (op, parent = null) => ({ op, parent, depth: parent ? parent.depth + 1 : 0 });

/** A timeline that starts at a picture from the kernel. */
export const startingAt = (op, { steps = 0, redos = 0 } = {}) => ({ head: node(op), steps, undone: [], unseenRedos: redos });

export const canUndo = (timeline) => timeline.steps > 0;
export const canRedo = (timeline) => timeline.undone.length + timeline.unseenRedos > 0;

/** The timeline after `action`; null where it leads to a step that only the kernel remembers. */
export function advance(timeline, { action, op }, limit) {
  const { head, steps, undone } = timeline;
  switch (action) {
    case "push":
      if (!op) return null;
      return { head: node(op, head), steps: Math.min(steps + 1, limit), undone: [], unseenRedos: 0 };
    case "amend":
      if (!op || !head.parent) return null;
      return { head: node(op, head.parent), steps, undone: [], unseenRedos: 0 };
    case "undo":
      if (!canUndo(timeline)) return timeline;
      if (!head.parent) return null;
      return { ...timeline, head: head.parent, steps: steps - 1, undone: [head, ...undone] };
    case "redo": {
      if (!canRedo(timeline)) return timeline;
      if (!undone.length) return null;
      const [next, ...rest] = undone;
      return { ...timeline, head: next.parent === head ? next : node(next.op, head), steps: steps + 1, undone: rest };
    }
    default:
      return null;
  }
}

/** Forgets the steps deep below `head`, from one on whose pixels are its own. */
export function trim(head, limit) {
  let [bitmaps, back] = [0, 0];
  for (let at = head; at; at = at.parent, back++) {
    if (at.op.type === "bitmap") bitmaps++;
    if (!OPERATIONS[at.op.type].covers || (bitmaps < KEPT_BITMAPS && back < limit)) continue;
    release(at.parent);
    at.parent = null;
    return;
  }
}

/** The oldest step that can be undone to, once as many steps lie before it as can be undone; null until then. */
export function lateStart(head, limit) {
  let [start, back] = [null, 0];
  for (let at = head; at; at = at.parent, back++) {
    if (back === limit) start = at;
    if (back === 2 * limit) return start;
  }
  return null;
}

/** Lets the chain begin at `start`, whose picture is `bitmap`. */
export function beginAt(start, bitmap) {
  release(start.parent);
  Object.assign(start, { op: { type: "bitmap", bitmap }, parent: null });
}

/** Gives the pictures of a chain that nobody will show again back at once: collected, they would pile up first. */
export function release(head) {
  for (let at = head; at; at = at.parent) at.op.bitmap?.close();
}

/** The operations from just after the nearest node that `known` holds up to `head`, and that node. */
export function pathFrom(head, known) {
  const path = [];
  let at = head;
  while (at && !known.has(at)) {
    path.push(at);
    at = at.parent;
  }
  return { start: at, path: path.reverse() };
}
