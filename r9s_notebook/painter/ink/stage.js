// Where the image lies on the screen: fitting, zooming, panning, and the outlines drawn over it.
//
// `zoom` is CSS pixels for one image pixel, `left` and `top` place the sheet (image and ink) on the stage. All of it
// belongs to one view: two views of one painter may look at different corners.

import { t } from "../../page/translation.js";

const SVG = "http://www.w3.org/2000/svg";
const CLOSEST = 40; // CSS pixels for an image pixel, at most
export const PIXELS_SHOW_FROM = 4;

export class Stage {
  constructor(element, { size, onZoom }) {
    this.element = element;
    this.sheet = element.querySelector(".r9s-sheet");
    this.canvas = element.querySelector(".r9s-ink canvas, canvas.r9s-ink");
    this.size = size; // () => [width, height] of the image
    this.onZoom = onZoom;
    this.fitted = true;
    [this.zoom, this.left, this.top] = [1, 0, 0];
    this.overlay = new Overlay(element);
    this.resizes = new ResizeObserver(() => this.resized());
    this.resizes.observe(element);
  }

  dispose() {
    this.resizes.disconnect();
    this.overlay.dispose();
  }

  /** Image pixels of a place on the screen; fractions count, and places outside the image too. */
  toImage({ clientX, clientY }) {
    const box = this.sheet.getBoundingClientRect();
    const [width, height] = this.size();
    return [((clientX - box.left) / box.width) * width, ((clientY - box.top) / box.height) * height];
  }

  /** Where a place in the image is on the screen. */
  toScreen([x, y]) {
    const box = this.sheet.getBoundingClientRect();
    const [width, height] = this.size();
    return [box.left + (x / width) * box.width, box.top + (y / height) * box.height];
  }

  /** The same place in the stage's own pixels, which on a page that is scaled are not the screen's. */
  onStage(event) {
    return this.toStage(this.toImage(event));
  }

  /** A place in the image in CSS pixels from the stage's corner. */
  toStage([x, y]) {
    return [this.left + x * this.zoom, this.top + y * this.zoom];
  }

  fromStage([x, y]) {
    return [(x - this.left) / this.zoom, (y - this.top) / this.zoom];
  }

  /** The part of the image on the stage, as [x0, y0, x1, y1] in image pixels. */
  inSight() {
    const [width, height] = this.size();
    const { clientWidth, clientHeight } = this.element;
    const within = (value, most) => Math.min(most, Math.max(0, value / this.zoom));
    return [
      within(-this.left, width),
      within(-this.top, height),
      within(clientWidth - this.left, width),
      within(clientHeight - this.top, height),
    ];
  }

  /** Where a box of the image is on the sheet, in percent: so that it stays there at any zoom. */
  onSheet([x0, y0, x1, y1]) {
    const [width, height] = this.size();
    return [x0 / width, y0 / height, x1 / width, y1 / height].map((share) => share * 100);
  }

  /** Lays an element over a box of the image. */
  lay(element, box) {
    const [left, top, right, bottom] = this.onSheet(box);
    Object.assign(element.style, {
      left: `${left}%`,
      top: `${top}%`,
      width: `${right - left}%`,
      height: `${bottom - top}%`,
    });
  }

  /** Cuts a box of the image out of the ink's layer, where something else shows the ink; null fills it again. */
  cutOut(box) {
    const [l, t, r, b] = (box ? this.onSheet(box) : []).map((side) => `${side}%`);
    const outside = "0 0, 100% 0, 100% 100%, 0 100%, 0 0";
    this.canvas.style.clipPath = box ? `polygon(evenodd, ${outside}, ${l} ${t}, ${r} ${t}, ${r} ${b}, ${l} ${b}, ${l} ${t})` : "";
  }

  get fitZoom() {
    const [width, height] = this.size();
    return Math.min(this.element.clientWidth / width, this.element.clientHeight / height);
  }

  resized() {
    if (!this.element.clientWidth || !this.element.clientHeight) return; // hidden: nothing is lost, nothing to place
    for (const picture of this.sheet.querySelectorAll("img")) picture.alt = t("The picture that is painted over");
    if (this.fitted) this.fit();
    else this.place();
  }

  fit() {
    this.fitted = true;
    this.zoom = this.fitZoom;
    this.place();
  }

  /** Zooms to `zoom`, and keeps the point (x, y) of the stage where it is. */
  zoomTo(zoom, x = this.element.clientWidth / 2, y = this.element.clientHeight / 2) {
    const least = Math.min(this.fitZoom, 1);
    const next = Math.min(Math.max(zoom, least), Math.max(CLOSEST, this.fitZoom));
    this.left = x - ((x - this.left) / this.zoom) * next;
    this.top = y - ((y - this.top) / this.zoom) * next;
    this.zoom = next;
    this.fitted = Math.abs(next - this.fitZoom) < 1e-6;
    this.place();
  }

  /** Moves the sheet so that a place in the image is where a hand holds it on the stage. */
  bring(place, [x, y]) {
    const [isX, isY] = this.toStage(place);
    this.left += x - isX;
    this.top += y - isY;
    this.place();
  }

  /** Puts the sheet where it belongs: centred where there is room, never out of sight. */
  place() {
    const [width, height] = this.size();
    const within = (offset, room, length) =>
      length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, offset));
    // On whole pixels of the screen: between two of them, everything on the sheet would be blurred.
    const whole = (offset) => Math.round(offset * devicePixelRatio) / devicePixelRatio;
    this.left = whole(within(this.left, this.element.clientWidth, width * this.zoom));
    this.top = whole(within(this.top, this.element.clientHeight, height * this.zoom));
    Object.assign(this.sheet.style, {
      width: `${width * this.zoom}px`,
      height: `${height * this.zoom}px`,
      transform: `translate(${this.left}px, ${this.top}px)`,
    });
    this.element.classList.toggle("r9s-pixels", this.zoom >= PIXELS_SHOW_FROM);
    this.onZoom();
  }
}

/** Outlines over the picture, in screen pixels, so that they are crisp at any zoom. */
class Overlay {
  constructor(stage) {
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.classList.add("r9s-overlay");
    this.svg.setAttribute("aria-hidden", "true");
    this.ring = this.add("circle", "r9s-ring");
    this.shape = this.add("path", "r9s-outline");
    this.handle = this.add("circle", "r9s-handle");
    this.cross = this.add("path", "r9s-cross");
    this.cross.show(false);
    stage.append(this.svg);
  }

  // Two lines on top of each other, a dark and a light one, can be seen on any picture.
  add(tag, name) {
    const pair = ["r9s-dark", "r9s-light"].map((tone) => {
      const line = document.createElementNS(SVG, tag);
      line.classList.add(name, tone);
      this.svg.append(line);
      return line;
    });
    return {
      set: (attributes) => pair.forEach((line) => Object.entries(attributes).forEach(([key, value]) => line.setAttribute(key, value))),
      show: (shown) => pair.forEach((line) => (line.style.display = shown ? "" : "none")),
    };
  }

  showShape(path) {
    this.shape.show(path !== null);
    if (path) this.shape.set({ d: path });
  }

  /** Shows the brush's `ring` or the `handle` that closes a polygon. */
  showCircle(name, center, radius) {
    this[name].show(center !== null);
    if (center) this[name].set({ cx: center[0], cy: center[1], r: Math.max(1.5, radius) });
  }

  /** Shows the crosshair: four lines around its place, which itself stays free. */
  showCross(center) {
    this.cross.show(center !== null);
    if (center) this.cross.set({ d: `M${center}m-14 0h9m10 0h9M${center}m0-14v9m0 10v9` });
  }

  dispose() {
    this.svg.remove();
  }
}
