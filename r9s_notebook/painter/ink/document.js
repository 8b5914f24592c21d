// One mask on this page: what is drawn, what the kernel has confirmed, and what is still on its way there.
//
// Whoever paints never waits: an action is shown at once, sent, and kept as pending until the kernel answers. Actions
// that come from elsewhere (another view's tab, the user's code) are put underneath the pending ones, in the kernel's
// order, so that everybody ends with the same mask. After a reload, or when a message was missed, the kernel sends the
// whole state as one picture.

import { t } from "../../page/translation.js";
import { OPERATIONS, boundsOf, fromWire, toWire } from "./ops.js";
import { NO_PIXELS, Surface } from "./surface.js";
import { advance, beginAt, canRedo, canUndo, lateStart, release, startingAt, trim } from "./timeline.js";

const KERNEL_GONE = t("The kernel is gone: this mask cannot be kept. Run the cell again.");
const BLANK = { type: "clear" };

export class InkDocument {
  constructor(model) {
    this.model = model;
    this.client = crypto.randomUUID?.() ?? String(Math.random());
    this.sent = 0;
    this.revision = -1;
    this.confirmed = this.shown = startingAt(BLANK);
    this.pending = []; // [{ seq, action, op }]
    this.screens = new Set(); // the canvases that show the layer on this page
    this.closeUps = new Set(); // and those of views that look closer than the layer is sharp
    this.listeners = new Set();
    this.isPutAway = false; // no view is left: what is drawn is remembered as operations, and not as pixels
    this.live = null; // the stroke under the pointer
    this.amended = null; // what the arrow keys have moved, until they are let go
    this.inbox = Promise.resolve();

    model.on("msg:custom", (message, buffers) => {
      // One after the other: a bitmap takes a moment to decode, and order is meaning here.
      this.inbox = this.inbox.then(() => this.receive(message, buffers)).catch((error) => console.warn("ink:", error));
    });
    model.on("change:color", () => this.recolor());
  }

  /** Finds the layer and asks the kernel what is on it, once; a page that shows no view of it needs neither. */
  start() {
    this.started ??= this.findLayer();
    return this.started;
  }

  async findLayer() {
    const id = this.model.get("layer").replace("IPY_MODEL_", "");
    this.layer = await this.model.widget_manager.get_model(id);
    this.surface = new Surface(this.layer.canvas, () => ({ ...this.look, transform: [...this.scale, 0, 0] }));
    this.layer.on("change:width change:height", () => queueMicrotask(() => this.repaintAll()), this);
    // Whatever else paints on the layer (ipycanvas itself, from the kernel) is painted over.
    this.layer.on("new-frame", () => this.presenting || this.repaintAll(), this);
    this.send({ kind: "hello" });
  }

  dispose() {
    this.layer?.off(null, null, this);
    this.surface?.forget();
  }

  // ---- what the views ask ---------------------------------------------------------------------------------------

  get size() {
    return this.model.get("image_size");
  }

  /** Layer pixels for one image pixel, in x and y. */
  get scale() {
    const [width, height] = this.size;
    return [this.layer.canvas.width / width, this.layer.canvas.height / height];
  }

  /** What every surface of this mask has in common. */
  get look() {
    const [width, height] = this.size;
    return { width, height, color: this.model.get("color") };
  }

  /** Whether what is shown is the kernel's mask of that revision, and nothing is on its way. */
  isSettledAt(revision) {
    return revision === this.revision && this.shown.head === this.confirmed.head;
  }

  get canUndo() {
    return canUndo(this.shown);
  }

  get canRedo() {
    return canRedo(this.shown);
  }

  /** Calls `listener(what, message, bytes)` after every change, and for messages that are meant for the views. */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  show(screen) {
    this.screens.add(screen);
    if (this.isPutAway) this.takeOut();
    else this.present();
  }

  /** The view of a screen has ended. Its canvas and the layer's have megabytes, and front ends keep them long after. */
  hide(screen) {
    this.screens.delete(screen);
    Object.assign(screen, NO_PIXELS);
    if (this.screens.size) return;
    this.isPutAway = true;
    this.surface.putAway();
  }

  takeOut() {
    this.isPutAway = false;
    Object.assign(this.layer.canvas, { width: this.layer.get("width"), height: this.layer.get("height") });
    this.repaintAll();
  }

  // ---- painting -------------------------------------------------------------------------------------------------

  /** Starts a stroke: from here on its ink is only on the screen. */
  startLive() {
    for (const surface of this.surfaces) surface.keep();
  }

  /** Paints the live operation from its point `from` on; the others are done already. */
  paintLive(op, from) {
    this.live = op;
    for (const surface of this.surfaces) surface.extend(op, Math.max(0, from));
    this.present(boundsOf(op, Math.max(0, from)));
  }

  dropLive() {
    if (!this.live) return;
    this.live = null;
    this.repaint();
  }

  /** Does it here and now, and tells the kernel. */
  perform(action, op = undefined) {
    if (action !== "amend") this.settle();
    this.live = null;
    const again = action === "push" && op.type === this.shown.head.op.type && this.revision >= 0;
    if (again && OPERATIONS[op.type].covers) return false; // it would change nothing
    const entry = { seq: this.sent + 1, action, op };
    const next = advance(this.shown, entry, this.model.get("undo_limit"));
    if (next === this.shown) return false;
    this.send({ kind: "action", action, ...(op && toWire(op)) });
    if (!next) return true; // only the kernel remembers that step: it will send it
    this.pending.push(entry);
    this.shown = next;
    this.repaint();
    this.notify("action");
    return true;
  }

  /** Replaces the last operation at once, and tells the kernel when `settle` is called: a held key is one gesture. */
  amendLater(op) {
    this.amended = op;
    this.shown = advance(this.shown, { action: "amend", op }, this.model.get("undo_limit"));
    this.repaint();
  }

  settle() {
    if (!this.amended) return;
    const op = this.amended;
    this.amended = null;
    this.perform("amend", op);
  }

  /** Asks the kernel for what only the kernel can do: it knows the image's pixels. */
  ask(what, details = {}) {
    this.send({ kind: "ask", what, ...details });
  }

  send({ buffers, ...content }) {
    const message = { ...content, client: this.client, seq: ++this.sent };
    this.reach(() => this.model.send(message, undefined, buffers ?? []));
  }

  /** Speaks to the kernel. Where it is gone, that is said once, and painting goes on on this page alone. */
  reach(speak) {
    try {
      speak();
      this.alone = false;
    } catch {
      if (!this.alone) this.notify("say", { text: KERNEL_GONE });
      this.alone = true;
    }
  }

  // ---- what the kernel says -------------------------------------------------------------------------------------

  async receive(message, buffers) {
    if (message.kind === "state") {
      await this.takeState(message, buffers);
    } else if (message.kind === "action") {
      await this.takeAction(message, buffers);
    } else if (message.kind === "ink") {
      for (const closeUp of this.closeUps) await closeUp.take(message, buffers[0]);
    } else if (message.kind === "say" || message.kind === "detail") {
      this.notify(message.kind, message, buffers?.[0]);
    } else if (message.kind === "download" && message.client === this.client) {
      download(message.name, buffers[0]);
    }
    // The kernel waits for this: while a page is at a picture, it is spared those that newer ones replace.
    if (message.op?.type === "bitmap" && message.kind !== "ink") this.send({ kind: "shown" });
  }

  async takeState({ revision, steps, redos, seen, op }, buffers) {
    const before = this.confirmed.head;
    this.revision = revision;
    this.confirmed = startingAt(await fromWire(op, buffers), { steps, redos });
    this.pending = this.pending.filter(({ seq }) => seq > (seen[this.client] ?? 0));
    this.rebase();
    release(before);
    this.notify("state");
  }

  async takeAction({ client, seq, revision, action, op }, buffers) {
    if (revision <= this.revision) return; // a state that came meanwhile includes it
    const missed = revision !== this.revision + 1;
    const own = client === this.client && this.pending[0]?.seq === seq ? this.pending.shift() : null;
    const entry = own ?? { action, op: op && (await fromWire(op, buffers)) };
    const idle = action === "none"; // the kernel found that it changes nothing: it is no step
    const next = missed ? null : idle ? this.confirmed : advance(this.confirmed, entry, this.model.get("undo_limit"));
    if (!next) {
      this.send({ kind: "hello" });
      return;
    }
    this.revision = revision;
    this.confirmed = next;
    if (own && !idle) {
      this.confirmed = this.pending.length ? next : this.shown;
      return;
    }
    this.rebase();
    this.notify("action");
  }

  /** What is pending again, on top of what is confirmed. */
  rebase() {
    const limit = this.model.get("undo_limit");
    this.shown = this.pending.reduce((timeline, entry) => advance(timeline, entry, limit) ?? timeline, this.confirmed);
    this.repaint();
  }

  notify(what, message, bytes) {
    for (const listener of this.listeners) listener(what, message, bytes);
  }

  // ---- pixels ---------------------------------------------------------------------------------------------------

  get surfaces() {
    return [this.surface, ...this.closeUps];
  }

  /** The layer and the close-ups as the timeline says. */
  repaint() {
    if (!this.layer || this.isPutAway) return;
    const { head } = this.shown;
    trim(head, this.model.get("undo_limit"));
    for (const surface of this.surfaces) surface.show(head, this.live);
    this.present();
    const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
    idle(() => this.isPutAway || this.live || this.surfaces.forEach((surface) => surface.prepareUndo(this.shown.head)));
    idle(() => this.isPutAway || this.flattenPast());
  }

  /** As `repaint`, when the kept pictures are of no use: another size, or somebody else has painted. */
  repaintAll() {
    this.surface.forget();
    this.repaint();
  }

  /** What happened before all that can be undone becomes one picture: who paints all day fills no memory. */
  flattenPast() {
    const start = this.live ? null : lateStart(this.shown.head, this.model.get("undo_limit"));
    if (!start) return;
    const { width, height } = this.layer.canvas;
    const canvas = new OffscreenCanvas(width, height);
    this.surface.restore(start, canvas);
    beginAt(start, canvas.transferToImageBitmap());
  }

  recolor() {
    if (!this.layer || this.isPutAway) return;
    for (const surface of this.surfaces) surface.recolor();
    this.present();
  }

  /** Brings the layer, or a rectangle of it in image pixels, to every screen. */
  present(bounds = null) {
    if (!this.layer) return;
    const { canvas } = this.layer;
    const [sx, sy] = this.scale;
    let [x, y, width, height] = [0, 0, canvas.width, canvas.height];
    if (bounds) {
      x = Math.max(0, Math.floor(bounds[0] * sx));
      y = Math.max(0, Math.floor(bounds[1] * sy));
      width = Math.min(canvas.width, Math.ceil((bounds[0] + bounds[2]) * sx)) - x;
      height = Math.min(canvas.height, Math.ceil((bounds[1] + bounds[3]) * sy)) - y;
      if (width <= 0 || height <= 0) return;
    }
    for (const screen of this.screens) {
      if (screen.width !== canvas.width || screen.height !== canvas.height) continue; // about to be resized
      const ctx = screen.getContext("2d");
      ctx.clearRect(x, y, width, height);
      ctx.drawImage(canvas, x, y, width, height, x, y, width, height);
    }
    // ipycanvas's own event, for whoever else shows this layer.
    this.presenting = true;
    this.layer.trigger("new-frame");
    this.presenting = false;
  }
}

function download(name, bytes) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
