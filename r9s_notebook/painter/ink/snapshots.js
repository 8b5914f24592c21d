// Pictures of the mask at some nodes of its timeline, so that undo repaints a few strokes and not all of them.

const BUDGET_BYTES = 64e6;

export class Snapshots {
  constructor() {
    this.canvases = new Map(); // node -> canvas
    this.spare = []; // canvases to use again
    this.focus = 0; // the depth of the node that is shown
  }

  has(node) {
    return this.canvases.has(node);
  }

  get(node) {
    return this.canvases.get(node);
  }

  /** Remembers what `canvas` shows as the picture of `node`. */
  keep(node, canvas) {
    if (this.canvases.has(node)) return;
    const copy = this.spare.pop() ?? document.createElement("canvas");
    if (copy.width !== canvas.width || copy.height !== canvas.height) {
      copy.width = canvas.width;
      copy.height = canvas.height;
    } else {
      copy.getContext("2d").clearRect(0, 0, copy.width, copy.height);
    }
    copy.getContext("2d").drawImage(canvas, 0, 0);
    this.canvases.set(node, copy);
    const most = Math.min(16, Math.max(4, Math.floor(BUDGET_BYTES / (4 * canvas.width * canvas.height))));
    while (this.canvases.size > most) this.dropLeastUseful();
  }

  /** Thins them out: the further from where the timeline stands, the wider the gaps between them may be. */
  dropLeastUseful() {
    const nodes = [...this.canvases.keys()].sort((a, b) => a.depth - b.depth);
    let [drop, least] = [nodes[0], Infinity];
    for (let i = 1; i < nodes.length - 1; i++) {
      const value = (nodes[i + 1].depth - nodes[i - 1].depth) / (Math.abs(this.focus - nodes[i].depth) + 1);
      if (value < least) [drop, least] = [nodes[i], value];
    }
    this.spare.push(this.canvases.get(drop));
    this.canvases.delete(drop);
  }

  /** Forgets the nodes of that depth and all later ones. */
  dropFrom(depth) {
    for (const [node, canvas] of this.canvases) {
      if (node.depth < depth) continue;
      this.spare.push(canvas);
      this.canvases.delete(node);
    }
  }

  clear() {
    this.spare = [];
    this.canvases.clear();
  }

  recolor(color) {
    for (const canvas of this.canvases.values()) tint(canvas, color);
  }
}

/** Gives every painted pixel the colour, and leaves how much it is painted. */
export function tint(canvas, color) {
  const ctx = canvas.getContext("2d");
  ctx.save();
  ctx.globalCompositeOperation = "source-in";
  ctx.fillStyle = color;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.restore();
}
