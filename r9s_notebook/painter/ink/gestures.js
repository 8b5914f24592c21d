// What a hand does with each tool, in image pixels: from the first point to one finished operation.
//
// Every gesture begins with the type of its operation, a point, and what the hand holds: { document, radius, erase,
// pressure, spacing }. It has `extend(points)`, `outline()` (a list of image points to show meanwhile, or null) and
// `finish()` (the operation, or null where nothing came of it).

import { OPERATIONS } from "./ops.js";

/** Brush and eraser: ink under the pointer while it moves. */
export class Stroke {
  constructor(type, point, { document, radius, erase, pressure, spacing }) {
    Object.assign(this, { type, document, radius, erase, spacing, stride: pressure ? 3 : 2, values: [] });
    document.startLive();
    this.extend([point]);
  }

  extend(points) {
    const before = this.values.length / this.stride;
    for (const [x, y, pressure] of points) {
      const [lastX, lastY] = this.values.slice(-this.stride);
      // Hands tremble by fractions of a pixel: those points would only make the message longer.
      if (before > 0 && Math.hypot(x - lastX, y - lastY) < this.spacing) continue;
      this.values.push(x, y, ...(this.stride === 3 ? [pressure] : []));
    }
    if (this.values.length / this.stride > before) this.document.paintLive(this.operation(), before - 1);
  }

  operation() {
    const { type, stride, radius, erase } = this;
    return { type, points: Float32Array.from(this.values), stride, radius, erase };
  }

  outline() {
    return null;
  }

  finish() {
    return this.operation();
  }

  cancel() {
    this.document.dropLive();
  }
}

/** Shapes that fill a rectangle: from corner to corner; `square` keeps the sides equal. */
export class Box {
  constructor(type, point, { erase }) {
    Object.assign(this, { type, erase, start: point, end: point });
  }

  extend(points, { square = false } = {}) {
    let [x, y] = points.at(-1);
    if (square) {
      const side = Math.max(Math.abs(x - this.start[0]), Math.abs(y - this.start[1]));
      x = this.start[0] + Math.sign(x - this.start[0] || 1) * side;
      y = this.start[1] + Math.sign(y - this.start[1] || 1) * side;
    }
    this.end = [x, y];
  }

  get box() {
    const [[ax, ay], [bx, by]] = [this.start, this.end];
    return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
  }

  outline() {
    return OPERATIONS[this.type].outline(this.box);
  }

  finish() {
    const [x0, y0, x1, y1] = this.box;
    return x1 - x0 < 0.5 || y1 - y0 < 0.5 ? null : { type: this.type, box: this.box, erase: this.erase };
  }

  cancel() {}
}

/** Lasso: what the line goes around is filled. */
export class Lasso {
  constructor(type, point, { erase }) {
    Object.assign(this, { type, erase, points: [point] });
  }

  extend(points) {
    this.points.push(...points);
  }

  outline() {
    return this.points;
  }

  finish() {
    if (this.points.length < 3) return null;
    const points = Float32Array.from(this.points.flatMap(([x, y]) => [x, y]));
    return { type: this.type, points, erase: this.erase };
  }

  cancel() {}
}

/** Polygon: corner by corner; the last corner follows the pointer until it is put down. */
export class Polygon extends Lasso {
  constructor(type, point, hand) {
    super(type, point, hand);
    this.next = point;
  }

  extend(points) {
    this.next = points.at(-1);
  }

  addCorner(point) {
    this.points.push(point);
    this.next = point;
  }

  removeCorner() {
    if (this.points.length > 1) this.points.pop();
  }

  outline() {
    return [...this.points, this.next];
  }
}

/** A tool's gesture -> what it is; a tool that only picks a place needs none. */
export const GESTURES = {
  brush: Stroke,
  box: Box,
  lasso: Lasso,
  corners: Polygon,
};
