// Operations on a mask, in image pixels, and how each is painted on a 2D context.
//
// An operation is a plain object:
//   { type: "stroke",  points: Float32Array, stride: 2 | 3, radius, erase }   x, y and, with stride 3, pen pressure
//   { type: "polygon", points: Float32Array, erase }
//   { type: "rect" | "ellipse", box: [x0, y0, x1, y1], erase }
//   { type: "fill" | "clear" | "invert" }
//   { type: "bitmap",  bitmap: CanvasImageSource, box }                        what only the kernel can work out;
//                                                                              `box` where it is a part of the image

// The thinnest brush, as in the kernel: it holds a pixel's centre wherever it is.
const MIN_RADIUS = 0.75;

/** Paints `op` on a context whose unit is the image pixel; `from` continues a stroke at that point. */
export function paintOp(ctx, op, { width, height, color, from = 0 }) {
  ctx.save();
  ctx.fillStyle = ctx.strokeStyle = color;
  ctx.globalCompositeOperation = op.erase ? "destination-out" : "source-over";
  switch (op.type) {
    case "stroke":
      paintStroke(ctx, op, from);
      break;
    case "polygon":
      ctx.fill(polygonPath(op.points)); // non-zero winding, as the kernel counts: loops stay filled
      break;
    case "rect": {
      const [x0, y0, x1, y1] = op.box;
      ctx.fillRect(x0, y0, x1 - x0, y1 - y0);
      break;
    }
    case "ellipse":
      ctx.fill(ellipsePath(op.box));
      break;
    case "fill":
      ctx.fillRect(0, 0, width, height);
      break;
    case "clear":
      ctx.clearRect(0, 0, width, height);
      break;
    case "invert":
      ctx.globalCompositeOperation = "source-out";
      ctx.fillRect(0, 0, width, height);
      break;
    case "bitmap":
      if (!op.bitmap.width) break; // given back meanwhile: what is shown does not rest on it any more
      ctx.clearRect(0, 0, width, height);
      ctx.globalCompositeOperation = "source-over";
      drawInBox(ctx, op.bitmap, op.box ?? [0, 0, width, height]);
      ctx.globalCompositeOperation = "source-in";
      ctx.fillRect(0, 0, width, height);
      break;
  }
  ctx.restore();
}

function drawInBox(ctx, picture, [x0, y0, x1, y1]) {
  ctx.drawImage(picture, x0, y0, x1 - x0, y1 - y0);
}

function paintStroke(ctx, { points, stride, radius }, from) {
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

export function polygonPath(points) {
  const path = new Path2D();
  for (let i = 0; i + 1 < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
  path.closePath();
  return path;
}

export function ellipsePath([x0, y0, x1, y1]) {
  const path = new Path2D();
  path.ellipse((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2, 0, 0, 2 * Math.PI);
  return path;
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
