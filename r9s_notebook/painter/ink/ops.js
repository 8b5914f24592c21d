// Operations on a mask, in image pixels: all that the page knows of each is its entry in one table.
//
// An operation is a plain object: its `type`, which names it here and in the kernel (`imaging/operations.py`), and what
// it takes:
//   points: Float32Array, stride: 2 | 3, radius, erase   a stroke; x, y and, with stride 3, pen pressure
//   points: Float32Array, erase                          a polygon
//   box: [x0, y0, x1, y1], erase                         a shape that fills a rectangle
//   bitmap: CanvasImageSource, box                       what only the kernel can work out; `box` where it is a part
//                                                        of the image

// The thinnest brush, as in the kernel: it holds a pixel's centre wherever it is.
const MIN_RADIUS = 0.75;

/**
 * Type of an operation -> how it is painted on a context whose unit is the image pixel, and
 *   outline(box)  the image points that are shown while its box is dragged
 *   covers        what was there before does not show through
 *   whole         it takes nothing: a button does it, and no gesture
 */
export const OPERATIONS = {
  stroke: { paint: paintStroke },
  polygon: { paint: (ctx, { points }) => ctx.fill(polygonPath(points)) }, // non-zero, as the kernel: loops stay filled
  rect: { outline: cornersOf, paint: (ctx, { box }) => ctx.fillRect(...placeOf(box)) },
  ellipse: { outline: pointsAround, paint: (ctx, { box }) => ctx.fill(ellipsePath(box)) },
  fill: { whole: true, covers: true, paint: (ctx, _op, { width, height }) => ctx.fillRect(0, 0, width, height) },
  clear: { whole: true, covers: true, paint: (ctx, _op, { width, height }) => ctx.clearRect(0, 0, width, height) },
  invert: { whole: true, paint: paintOpposite },
  bitmap: { covers: true, paint: paintBitmap },
};

/** Paints `op`; `from` continues a stroke at that point. */
export function paintOp(ctx, op, { width, height, color, from = 0 }) {
  ctx.save();
  ctx.fillStyle = ctx.strokeStyle = color;
  ctx.globalCompositeOperation = op.erase ? "destination-out" : "source-over";
  OPERATIONS[op.type].paint(ctx, op, { width, height, from });
  ctx.restore();
}

function paintOpposite(ctx, _op, { width, height }) {
  ctx.globalCompositeOperation = "source-out";
  ctx.fillRect(0, 0, width, height);
}

function paintBitmap(ctx, { bitmap, box }, { width, height }) {
  if (!bitmap.width) return; // given back meanwhile: what is shown does not rest on it any more
  ctx.clearRect(0, 0, width, height);
  ctx.drawImage(bitmap, ...placeOf(box ?? [0, 0, width, height]));
  ctx.globalCompositeOperation = "source-in";
  ctx.fillRect(0, 0, width, height);
}

function paintStroke(ctx, { points, stride, radius }, { from }) {
  ctx.lineCap = ctx.lineJoin = "round";
  const count = points.length / stride;
  ctx.beginPath();
  if (stride === 2) {
    const [x, y] = [points[2 * from], points[2 * from + 1]];
    let length = 0;
    ctx.moveTo(x, y);
    for (let i = from + 1; i < count; i++) {
      ctx.lineTo(points[2 * i], points[2 * i + 1]);
      length += Math.abs(points[2 * i] - x) + Math.abs(points[2 * i + 1] - y);
    }
    ctx.lineWidth = 2 * Math.max(radius, MIN_RADIUS);
    if (length > 0) return ctx.stroke();
    // A tap leaves a dot; a line of no length would leave nothing in some browsers.
    ctx.arc(x, y, ctx.lineWidth / 2, 0, 2 * Math.PI);
    return ctx.fill();
  }
  for (let i = from; i < count; i++) {
    const next = Math.min(i + 1, count - 1);
    addCapsule(ctx, points, i * 3, next * 3, radius);
  }
  ctx.fill();
}

/** The hull of two discs, as one closed outline: a piece of a pen's stroke between two pressures. */
function addCapsule(ctx, points, a, b, radius) {
  const [ax, ay, ra] = [points[a], points[a + 1], Math.max(radius * points[a + 2], MIN_RADIUS)];
  const [bx, by, rb] = [points[b], points[b + 1], Math.max(radius * points[b + 2], MIN_RADIUS)];
  const distance = Math.hypot(bx - ax, by - ay);
  if (distance <= Math.abs(ra - rb)) {
    const [x, y, r] = ra > rb ? [ax, ay, ra] : [bx, by, rb];
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  const along = Math.atan2(by - ay, bx - ax);
  const lean = Math.acos((ra - rb) / distance);
  ctx.moveTo(ax + ra * Math.cos(along + lean), ay + ra * Math.sin(along + lean));
  ctx.arc(ax, ay, ra, along + lean, along - lean + 2 * Math.PI);
  ctx.arc(bx, by, rb, along - lean, along + lean);
  ctx.closePath();
}

function polygonPath(points) {
  const path = new Path2D();
  for (let i = 0; i + 1 < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
  path.closePath();
  return path;
}

function ellipsePath([x0, y0, x1, y1]) {
  const path = new Path2D();
  path.ellipse((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2, 0, 0, 2 * Math.PI);
  return path;
}

/** A box as canvases take it: [x, y, width, height]. */
function placeOf([x0, y0, x1, y1]) {
  return [x0, y0, x1 - x0, y1 - y0];
}

function cornersOf([x0, y0, x1, y1]) {
  return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
}

/** Points on the ellipse that fills a box. */
function pointsAround([x0, y0, x1, y1]) {
  return Array.from({ length: 72 }, (_, i) => {
    const angle = (i / 36) * Math.PI;
    return [(x0 + x1) / 2 + ((x1 - x0) / 2) * Math.cos(angle), (y0 + y1) / 2 + ((y1 - y0) / 2) * Math.sin(angle)];
  });
}

/** The rectangle [x, y, width, height] that the points of a stroke or polygon from `from` on can have touched. */
export function boundsOf({ points, stride = 2, radius = 0 }, from = 0) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = from * stride; i < points.length; i += stride) {
    x0 = Math.min(x0, points[i]);
    x1 = Math.max(x1, points[i]);
    y0 = Math.min(y0, points[i + 1]);
    y1 = Math.max(y1, points[i + 1]);
  }
  return [x0 - radius - 1, y0 - radius - 1, x1 - x0 + 2 * radius + 2, y1 - y0 + 2 * radius + 2];
}

/** The operation moved by (dx, dy), or null for those that have no place. */
export function movedOp(op, dx, dy) {
  if (op.box) return { ...op, box: [op.box[0] + dx, op.box[1] + dy, op.box[2] + dx, op.box[3] + dy] };
  if (!op.points) return null;
  const stride = op.stride ?? 2;
  const points = Float32Array.from(op.points, (value, i) => value + (i % stride === 0 ? dx : i % stride === 1 ? dy : 0));
  return { ...op, points };
}

/** What is sent: JSON, and the points as one binary buffer. */
export function toWire({ points, bitmap, ...rest }) {
  return { op: rest, buffers: points ? [points.buffer.slice(points.byteOffset, points.byteOffset + points.byteLength)] : [] };
}

/** The reverse of `toWire`, also for the kernel's bitmaps (PNG, white with the mask as alpha). */
export async function fromWire(op, buffers) {
  const [data] = buffers ?? [];
  if (op.type === "bitmap") return { ...op, bitmap: await createImageBitmap(new Blob([data], { type: "image/png" })) };
  if (!data) return op;
  const bytes = data.buffer ? data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) : data;
  return { ...op, points: new Float32Array(bytes) };
}
