// The image's own pixels where somebody has zoomed in further than the preview is sharp.

const QUIET_MS = 150; // after the last zoom or pan
const BLUR = 1.2; // screen pixels that one pixel of the preview may cover

export class Detail {
  constructor(view) {
    this.view = view;
    this.id = Math.random().toString(36).slice(2);
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
    if (!preview?.naturalWidth || preview.naturalWidth >= width || !coarse) this.image.hidden = true;
    else this.timer = setTimeout(() => this.ask(), QUIET_MS);
  }

  ask() {
    const { stage, model, document } = this.view;
    const [width, height] = model.get("image_size");
    const { clientWidth, clientHeight } = stage.element;
    const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    const box = [
      within(-stage.left / stage.zoom, width),
      within(-stage.top / stage.zoom, height),
      within((clientWidth - stage.left) / stage.zoom, width),
      within((clientHeight - stage.top) / stage.zoom, height),
    ];
    const longest = Math.ceil(Math.max(clientWidth, clientHeight) * devicePixelRatio);
    document.ask("detail", { box, longest, view: this.id, image: model.get("image_id") });
  }

  show({ view, image, box: [x0, y0, x1, y1], media_type: type }, bytes) {
    if (view !== this.id || image !== this.view.model.get("image_id")) return;
    const [width, height] = this.view.model.get("image_size");
    this.forget();
    this.image.src = URL.createObjectURL(new Blob([bytes], { type }));
    Object.assign(this.image.style, {
      left: `${(x0 / width) * 100}%`,
      top: `${(y0 / height) * 100}%`,
      width: `${((x1 - x0) / width) * 100}%`,
      height: `${((y1 - y0) / height) * 100}%`,
    });
    this.image.hidden = false;
  }

  forget() {
    this.image.hidden = true;
    if (this.image.src) URL.revokeObjectURL(this.image.src);
    this.image.removeAttribute("src");
  }

  dispose() {
    clearTimeout(this.timer);
    this.forget();
    this.image.remove();
  }
}
