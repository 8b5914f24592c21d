// The image's own pixels where somebody has zoomed in further than the preview is sharp.

export const QUIET_MS = 150; // after the last zoom or pan
export const BLUR = 1.2; // screen pixels that one pixel of the preview may cover

export class Detail {
  constructor(view) {
    this.view = view;
    this.asked = null; // names what the kernel was asked for; answers to anything else are late
    this.image = document.createElement("img");
    this.image.className = "r9s-detail";
    this.image.alt = "";
    this.image.hidden = true;
    view.stage.sheet.insertBefore(this.image, view.stage.canvas);
  }

  /** Asks for what is in sight, when the hand rests. */
  refresh() {
    clearTimeout(this.timer);
    const [width] = this.view.model.get("image_size");
    const preview = this.view.root.querySelector(".r9s-picture");
    const coarse = this.view.stage.zoom * devicePixelRatio > (BLUR * (preview?.naturalWidth ?? width)) / width;
    if (!preview?.naturalWidth || preview.naturalWidth >= width || !coarse) this.hide();
    else this.timer = setTimeout(() => this.ask(), QUIET_MS);
  }

  ask() {
    const { stage, document } = this.view;
    const { clientWidth, clientHeight } = stage.element;
    const box = stage.inSight().map(Math.round);
    const longest = Math.ceil(Math.max(clientWidth, clientHeight) * devicePixelRatio);
    this.asked = Math.random().toString(36).slice(2);
    document.ask("detail", { box, longest, view: this.asked });
  }

  show({ view, box, media_type: type }, bytes) {
    if (view !== this.asked) return;
    this.forget();
    this.image.src = URL.createObjectURL(new Blob([bytes], { type }));
    this.view.stage.lay(this.image, box);
    this.image.hidden = false;
  }

  hide() {
    this.asked = null;
    this.image.hidden = true;
  }

  forget() {
    this.hide();
    if (this.image.src) URL.revokeObjectURL(this.image.src);
    this.image.removeAttribute("src");
  }

  dispose() {
    clearTimeout(this.timer);
    this.forget();
    this.image.remove();
  }
}
