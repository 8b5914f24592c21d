// A canvas that shows a node of the timeline, and gets from one node to the next without painting everything again.
//
// The layer is such a surface for the whole image, and a close-up (closeup.js) for the part that is in sight.

import { OPERATIONS, boundsOf, paintOp } from "./ops.js";
import { Snapshots, tint } from "./snapshots.js";
import { pathFrom } from "./timeline.js";

const SNAPSHOT_EVERY = 32;
const NEAR = new Set([1, 2, 4, 8, 16]); // steps back that undo will soon want
export const NO_PIXELS = { width: 1, height: 1 }; // whoever draws a canvas that has none at all fails
const SLICE = 8; // operations that take no longer than a frame

export class Surface {
  /** `look()` gives the image's width and height, the ink's color, and transform: [sx, sy, dx, dy] from image pixels. */
  constructor(canvas, look) {
    this.canvas = canvas;
    this.look = look;
    this.snapshots = new Snapshots();
    this.painted = null; // the node whose pixels the canvas holds; null while there is more or less on it
    this.known = null; // { node, op }: a bitmap of that node, sharper than what the timeline holds
  }

  /** Shows `head`, and the stroke that is being drawn over it. */
  show(head, live) {
    if (head.parent && head.parent === this.painted) this.paint(head.op); // one step on: nothing to restore
    else this.restore(head, this.canvas);
    this.painted = live ? null : head;
    if (live) this.paint(live);
  }

  /** The live stroke from its point `from` on; the others are there already. */
  extend(live, from) {
    this.painted = null;
    this.paint(live, from);
  }

  /** Remembers what the canvas shows, before somebody paints over it. */
  keep() {
    if (this.painted) this.snapshots.keep(this.painted, this.canvas);
  }

  /** Takes `op`, a bitmap, for the pixels of `node`; what was kept of it and of later ones was not as sharp. */
  learn(node, op) {
    this.painted = null;
    this.snapshots.dropFrom(node.depth);
    this.known?.op.bitmap.close();
    this.known = { node, op };
  }

  /** The kept pictures are of no use: another size or place, or somebody else has painted. */
  forget() {
    this.painted = null;
    this.snapshots.clear();
    this.known?.op.bitmap.close();
    this.known = null;
  }

  /** Lets all pixels go. */
  putAway() {
    this.forget();
    for (const canvas of [this.canvas, this.scratch]) if (canvas) Object.assign(canvas, NO_PIXELS);
  }

  recolor() {
    const { color } = this.look();
    this.snapshots.recolor(color);
    tint(this.canvas, color);
  }

  paint(op, from = 0, ctx = this.canvas.getContext("2d")) {
    const { transform: [sx, sy, dx, dy], ...look } = this.look();
    if (op.points) {
      const [x, y, width, height] = boundsOf(op, from);
      const [left, top] = [x * sx + dx, y * sy + dy];
      const outside = left > this.canvas.width || top > this.canvas.height || left + width * sx < 0 || top + height * sy < 0;
      if (outside) return;
    }
    ctx.save();
    ctx.setTransform(sx, 0, 0, sy, dx, dy);
    paintOp(ctx, op, { ...look, from });
    ctx.restore();
  }

  /** Paints the picture of a node on a canvas of this one's size, from the nearest one that was kept. */
  restore(head, canvas) {
    for (const _done of this.restoring(head, canvas));
  }

  /** As `restore`, a few operations at a time, with room for a hand in between; false if it was no longer `wanted`. */
  async restoreInSlices(head, wanted) {
    const flushed = document.createElement("canvas").getContext("2d");
    for (const done of this.restoring(head, this.canvas)) {
      if (done % SLICE) continue;
      flushed.drawImage(this.canvas, 0, 0, 1, 1); // browsers put painting off until somebody looks
      await new Promise((resume) => setTimeout(resume));
      if (!wanted()) return false;
    }
    this.painted = head;
    return true;
  }

  *restoring(head, canvas) {
    const ctx = canvas.getContext("2d");
    const has = (node) => node === this.known?.node || this.snapshots.has(node);
    const { start, path } = pathFrom(head, { has });
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.globalCompositeOperation = "source-over";
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    if (this.snapshots.has(start)) ctx.drawImage(this.snapshots.get(start), 0, 0);
    ctx.restore();
    if (start && !this.snapshots.has(start)) this.paint(this.known.op, 0, ctx);
    this.snapshots.focus = head.depth;
    for (const [i, step] of path.entries()) {
      this.paint(step.op, 0, ctx);
      const toGo = path.length - 1 - i;
      if (toGo % SNAPSHOT_EVERY === 0 || NEAR.has(toGo)) this.snapshots.keep(step, canvas);
      yield i + 1;
    }
  }

  /** The picture that the next undo will want, while nobody does anything. */
  prepareUndo({ parent }) {
    if (!parent || this.snapshots.has(parent)) return;
    this.scratch ??= document.createElement("canvas");
    const { width, height } = this.canvas;
    if (this.scratch.width !== width || this.scratch.height !== height) Object.assign(this.scratch, { width, height });
    this.restore(parent, this.scratch);
    this.snapshots.keep(parent, this.scratch);
  }

  /** Whether `head` rests on a bitmap of the timeline: one of the whole image, as sharp as the layer and no sharper. */
  restsOnBitmap(head) {
    for (let at = head; at && at !== this.known?.node; at = at.parent) {
      if (at.op.type === "bitmap") return true;
      if (OPERATIONS[at.op.type].covers) return false;
    }
    return false;
  }
}
