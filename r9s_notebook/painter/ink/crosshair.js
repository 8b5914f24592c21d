// A hand for the keyboard: a crosshair that arrows move, and Space does there what a mouse does with its button.

import { t } from "../../page/translation.js";

const STEP = 0.01; // of the longer side that is in sight
const STRIDE = 8; // steps at once, with Shift
const REST_MS = 250; // after which a place is told: a held key would talk without end
const POINTER_ID = 0x6b6579; // no mouse, pen or finger has it
const MARGIN = 24; // CSS pixels that stay between it and the stage's edge

export class Crosshair {
  constructor(view) {
    this.view = view;
    this.place = null; // in image pixels; null while it is put away
    this.isDown = false;
    this.pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  }

  toggle() {
    if (this.place) return this.putAway();
    const [x0, y0, x1, y1] = this.view.stage.inSight();
    this.view.stage.element.focus({ preventScroll: true });
    return this.go([(x0 + x1) / 2, (y0 + y1) / 2]);
  }

  putAway() {
    if (!this.place) return;
    this.lift();
    this.send("pointerleave");
    this.place = null;
    clearTimeout(this.timer);
    this.show();
    this.view.say(t("The crosshair is put away"));
  }

  /** A step of the arrow keys; how far it goes depends on how much of the picture is in sight. */
  move([dx, dy], isFar) {
    const [x0, y0, x1, y1] = this.view.stage.inSight();
    const step = Math.max(1, Math.round(Math.max(x1 - x0, y1 - y0) * STEP)) * (isFar ? STRIDE : 1);
    this.go([this.place[0] + dx * step, this.place[1] + dy * step]);
  }

  go(place) {
    const { stage, model } = this.view;
    this.place = model.get("image_size").map((size, axis) => Math.min(size - 1, Math.max(0, Math.round(place[axis]))));
    const room = [stage.element.clientWidth, stage.element.clientHeight];
    const at = stage.toStage(this.place);
    const within = at.map((value, axis) => Math.min(room[axis] - MARGIN, Math.max(MARGIN, value)));
    if (within.some((value, axis) => value !== at[axis])) stage.bring(this.place, within);
    for (const name of ["pointermove", "pointerrawupdate"]) this.send(name); // each browser draws after one of them
    this.show();
    this.tellAtRest();
  }

  press(shiftKey) {
    if (this.isDown) return;
    this.isDown = true;
    this.send("pointerdown", { shiftKey });
  }

  lift() {
    if (!this.isDown) return;
    this.isDown = false;
    this.send("pointerup");
    this.tellAtRest();
  }

  /** What a mouse at its place would send. */
  send(name, more = {}) {
    const { stage } = this.view;
    const [clientX, clientY] = stage.toScreen(this.place);
    const hand = { pointerId: POINTER_ID, pointerType: "mouse", buttons: Number(this.isDown), bubbles: true, cancelable: true };
    stage.element.dispatchEvent(new PointerEvent(name, { clientX, clientY, ...hand, ...more }));
  }

  show() {
    this.view.stage.overlay.showCross(this.place && this.view.stage.toStage(this.place));
  }

  tellAtRest() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const [width, height] = this.view.model.get("image_size");
      const where = { place: this.place.join(", "), size: `${width} x ${height}` };
      this.view.say(this.isPainted() ? t("{place} of {size}, painted", where) : t("{place} of {size}, not painted", where));
    }, REST_MS);
  }

  isPainted() {
    const { layer, scale } = this.view.document;
    const [x, y] = this.place.map((at, axis) => Math.floor((at + 0.5) * scale[axis]));
    this.pixel.clearRect(0, 0, 1, 1);
    this.pixel.drawImage(layer.canvas, x, y, 1, 1, 0, 0, 1, 1);
    return this.pixel.getImageData(0, 0, 1, 1).data[3] > 127;
  }

  dispose() {
    clearTimeout(this.timer);
  }
}
