// Zoom and pan over one picture, or several in step: what is in the middle of one is in the middle of all.

const MOST = 16; // screen pixels for one of the picture's
const WHEEL = 0.0015;
const STEP = 1.25;

export class Lens {
  /** `stage` takes the pointer; `changed()` is called when what is seen has moved. */
  constructor(stage, changed) {
    this.stage = stage;
    this.changed = changed;
    this.panes = [];
    this.pointers = new Map();
    this.fit();
    const on = (name, handler, options) => stage.addEventListener(name, handler.bind(this), options);
    on("wheel", this.onWheel, { passive: false });
    on("pointerdown", this.onDown);
    on("pointermove", this.onMove);
    for (const name of ["pointerup", "pointercancel"]) on(name, this.onUp);
    on("dblclick", (event) => (this.scale === null ? this.zoomTo(1, event) : this.fit()));
    this.watcher = new ResizeObserver(() => this.apply());
    this.watcher.observe(stage);
  }

  /** The panes: elements of one size, each with images that lie over one another. */
  show(panes) {
    this.panes = panes;
    this.apply();
  }

  /** The whole picture; `scale` is null then, else screen pixels for one of the first picture's. */
  fit() {
    this.scale = null;
    this.centre = { x: 0.5, y: 0.5 };
    this.apply();
  }

  get size() {
    const img = this.panes[0]?.querySelector("img");
    return img ? { width: Number(img.dataset.width) || 1, height: Number(img.dataset.height) || 1 } : null;
  }

  /** What `fit` comes to. */
  get whole() {
    const pane = this.panes[0];
    if (!pane || !this.size) return 1;
    return Math.min(pane.clientWidth / this.size.width, pane.clientHeight / this.size.height, MOST) || 1;
  }

  get percent() {
    return Math.round((this.scale ?? this.whole) * 100);
  }

  zoomBy(steps) {
    this.zoomTo((this.scale ?? this.whole) * STEP ** steps);
  }

  /** Zooms; the point under the event's pointer stays there. */
  zoomTo(scale, event = null) {
    if (!this.size) return;
    const before = this.scale ?? this.whole;
    const after = Math.max(Math.min(scale, MOST), Math.min(this.whole, 1) / 2);
    if (event) {
      const pane = this.panes.find((one) => one.contains(event.target)) ?? this.panes[0];
      const box = pane.getBoundingClientRect();
      const from = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
      this.centre.x += (from.x / before - from.x / after) / this.size.width;
      this.centre.y += (from.y / before - from.y / after) / this.size.height;
    }
    this.scale = after;
    this.apply();
  }

  pan(dx, dy) {
    if (!this.size) return;
    const scale = this.scale ?? this.whole;
    this.centre.x -= dx / scale / this.size.width;
    this.centre.y -= dy / scale / this.size.height;
    this.apply();
  }

  apply() {
    if (!this.size) return;
    const scale = this.scale ?? this.whole;
    const shown = { x: this.size.width * scale, y: this.size.height * scale };
    const room = { x: this.panes[0].clientWidth, y: this.panes[0].clientHeight };
    for (const axis of ["x", "y"]) {
      const most = Math.max(0, (1 - room[axis] / shown[axis]) / 2); // no further than to the edge
      this.centre[axis] = Math.max(0.5 - most, Math.min(this.centre[axis], 0.5 + most));
    }
    const left = room.x / 2 - this.centre.x * shown.x;
    const top = room.y / 2 - this.centre.y * shown.y;
    for (const picture of this.panes.flatMap((pane) => [...pane.querySelectorAll("img, canvas")])) {
      Object.assign(picture.style, { left: `${left}px`, top: `${top}px`, width: `${shown.x}px`, height: `${shown.y}px` });
      picture.classList.toggle("r9s-pixels", scale >= 4);
    }
    this.box = { left, top, width: shown.x, height: shown.y };
    this.stage.classList.toggle("r9s-can-pan", shown.x > room.x + 1 || shown.y > room.y + 1);
    this.changed();
  }

  // -- hands --------------------------------------------------------------------------------------------------------

  onWheel(event) {
    event.preventDefault(); // neither the page behind scrolls, nor does a pinch zoom it
    const pinched = event.ctrlKey ? 6 : 1;
    this.zoomTo((this.scale ?? this.whole) * Math.exp(-event.deltaY * WHEEL * pinched), event);
  }

  onDown(event) {
    if (event.button > 0 || event.target.closest("button, [role=slider]")) return;
    this.stage.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, event);
  }

  onMove(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const other = [...this.pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    if (other) this.pinch(before, event, other);
    else this.pan(event.clientX - before.clientX, event.clientY - before.clientY);
    this.pointers.set(event.pointerId, event);
  }

  pinch(before, now, other) {
    const far = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    const middle = (one) => ({
      clientX: (one.clientX + other.clientX) / 2,
      clientY: (one.clientY + other.clientY) / 2,
      target: this.stage,
    });
    this.pan(middle(now).clientX - middle(before).clientX, middle(now).clientY - middle(before).clientY);
    this.zoomTo((this.scale ?? this.whole) * (far(now) / far(before)), middle(now));
  }

  onUp(event) {
    this.pointers.delete(event.pointerId);
  }

  dispose() {
    this.watcher.disconnect();
  }
}
