// The ink where somebody has zoomed in further than the layer is sharp: the part of the mask that is in sight, painted
// once more for the pixels of the screen. A live stroke goes to both at once.
//
// It lies where the layer is cut out. While the hand zooms or pans it moves with the sheet; when the hand rests it is
// painted for what is in sight then. Only areas that the kernel has worked out (the wand's, a grown edge) have to be
// asked of it; until they come, the layer's picture of them stands in.

import { BLUR, QUIET_MS } from "./detail.js";
import { fromWire } from "./ops.js";
import { PIXELS_SHOW_FROM } from "./stage.js";
import { Surface } from "./surface.js";

export class CloseUp {
  constructor(view) {
    this.view = view;
    this.surface = null; // null where the layer is sharp enough
    this.coming = null; // the one that will take its place
    this.asked = null; // names what the kernel was asked for; answers to anything else are late
    view.document.closeUps.add(this);
  }

  /** Canvas pixels for one image pixel: the screen's, or the image's own where the picture shows its pixels, too. */
  get scale() {
    const { stage, document } = this.view;
    return stage.zoom < PIXELS_SHOW_FROM ? stage.zoom * devicePixelRatio : Math.max(1, document.scale[0]);
  }

  /** Paints what is in sight, when the hand rests. */
  refresh() {
    clearTimeout(this.timer);
    const { model, document } = this.view;
    if (!model.get("has_image") || this.scale <= BLUR * document.scale[0]) this.hide();
    else this.timer = setTimeout(() => this.place(), QUIET_MS);
  }

  async place() {
    const { stage, document } = this.view;
    const coming = this.surfaceInSight();
    this.coming = coming;
    if (!coming) return this.hide();
    if (!(await coming.restoreInSlices(document.shown.head, () => this.coming === coming))) return coming.forget();
    this.hide();
    this.surface = coming;
    stage.lay(coming.canvas, coming.box);
    stage.cutOut(coming.box);
    stage.sheet.append(coming.canvas);
    this.show(document.shown.head, document.live);
  }

  /** A surface for what is in sight, as many pixels large as the screen has there; null where that is nothing. */
  surfaceInSight() {
    const { scale, view: { stage, document } } = this;
    const [x0, y0, x1, y1] = stage.inSight();
    const [left, top] = [x0, y0].map((side) => Math.floor(side * scale));
    const [right, bottom] = [x1, y1].map((side, i) => Math.min(Math.ceil(side * scale), Math.round(document.size[i] * scale)));
    if (right <= left || bottom <= top) return null;
    const canvas = window.document.createElement("canvas");
    Object.assign(canvas, { width: right - left, height: bottom - top, className: "r9s-close-up" });
    canvas.setAttribute("aria-hidden", "true");
    const surface = new Surface(canvas, () => ({ ...document.look, transform: [scale, scale, -left, -top] }));
    return Object.assign(surface, { scale, box: [left, top, right, bottom].map((side) => side / scale) });
  }

  hide() {
    this.coming = this.asked = null;
    if (!this.surface) return;
    this.surface.canvas.remove();
    this.surface.putAway();
    this.surface = null;
    this.view.stage.cutOut(null);
  }

  // ---- what the document tells ----------------------------------------------------------------------------------

  show(head, live) {
    if (!this.surface) return;
    this.surface.show(head, live);
    this.askIfCoarse();
  }

  keep() {
    this.surface?.keep();
  }

  extend(live, from) {
    this.surface?.extend(live, from);
  }

  recolor() {
    this.surface?.recolor();
  }

  prepareUndo(head) {
    this.surface?.prepareUndo(head);
  }

  // ---- what only the kernel knows -------------------------------------------------------------------------------

  askIfCoarse() {
    const { document } = this.view;
    if (this.asked || document.scale[0] >= 1 || !this.surface.restsOnBitmap(document.shown.head)) return;
    const { scale, box } = this.surface;
    const [x0, y0, x1, y1] = box.map((side, i) => (i < 2 ? Math.floor(side) : Math.ceil(side)));
    this.asked = Math.random().toString(36).slice(2);
    const longest = Math.ceil(Math.max(x1 - x0, y1 - y0) * Math.min(1, scale));
    document.ask("ink", { box: [x0, y0, x1, y1], longest, view: this.asked });
  }

  /** The kernel's own pixels, which are of use if the mask is still the one they were taken of. */
  async take({ view, revision, op }, bytes) {
    if (view !== this.asked) return;
    const area = await fromWire(op, [bytes]);
    const { document } = this.view;
    if (view === this.asked && document.isSettledAt(revision)) this.surface.learn(document.shown.head, area);
    else area.bitmap.close();
    if (view !== this.asked) return;
    this.asked = null;
    this.show(document.shown.head, document.live); // and if it was of another mask, this asks again
  }

  dispose() {
    clearTimeout(this.timer);
    this.hide();
    this.view.document.closeUps.delete(this);
  }
}
