// One view of the painter on the page: its stage, its pointers, its keys, its share of the toolbar.

import { speak, t } from "../../page/translation.js";
import { lookAfterWhole } from "../../page/whole.js";
import { adoptToolbar } from "./commands.js";
import { CloseUp } from "./closeup.js";
import { Crosshair } from "./crosshair.js";
import { Detail } from "./detail.js";
import { listenToKeys } from "./keyboard.js";
import { listenToPointers } from "./pointer.js";
import { Stage } from "./stage.js";
import { StatusLine } from "./status.js";
import { listenToArrows, markRows } from "./toolbar.js";

// ipywidgets writes a label beside a slider and does not say that it is the slider's.
function nameFields(root) {
  for (const label of root.querySelectorAll(".r9s-toolbar .widget-label")) {
    for (const field of label.parentElement.querySelectorAll("input, select, [role=slider]")) {
      field.setAttribute("aria-label", label.textContent.trim());
    }
  }
}

export class PainterView {
  constructor(model, document, root, el) {
    this.model = model;
    this.document = document;
    this.root = root;
    this.gesture = null; // what the pointer is doing
    this.hand = false; // the space bar is down
    this.erasing = false; // the eraser's key is down
    this.usedWhileHeld = false; // something was painted while it was

    this.abort = new AbortController();
    this.status = new StatusLine(el);
    this.stage = new Stage(root.querySelector(".r9s-stage"), {
      size: () => model.get("image_size"),
      onZoom: () => {
        this.pointers?.showRing();
        this.pointers?.showOutline();
        this.crosshair?.show();
        this.detail?.refresh();
        this.closeUp?.refresh();
        this.status.showZoom(this.stage.zoom, model.get("image_size"), model.get("has_image"));
      },
    });
    this.detail = new Detail(this);
    this.closeUp = new CloseUp(this);
    this.crosshair = new Crosshair(this);
    speak(root);
    this.stage.element.tabIndex = 0;
    this.stage.element.setAttribute("role", "application");
    this.stage.element.setAttribute("aria-roledescription", t("mask painter"));
    for (const canvas of root.querySelectorAll(".r9s-stage canvas")) {
      canvas.tabIndex = -1;
      canvas.setAttribute("aria-hidden", "true");
    }
    this.pointers = listenToPointers(this, this.abort.signal);
    listenToKeys(this, this.abort.signal);
    this.refresh = adoptToolbar(this, this.abort.signal);
    listenToArrows(root, this.abort.signal);
    lookAfterWhole(model, root, this.abort.signal);

    this.stopListening = document.listen((what, message, bytes) => {
      if (what === "say") this.say(message.text);
      else if (what === "detail") this.detail.show(message, bytes);
      else this.changed();
    });
    this.watched = "change:tool change:visible change:more change:opacity change:has_image";
    this.onTrait = () => this.changed();
    model.on(this.watched, this.onTrait);
    this.onSize = () => this.pointers.showRing();
    model.on("change:size", this.onSize);
    this.onImage = () => this.newImage();
    model.on("change:image_id", this.onImage);

    root.classList.add("r9s-inked");
    document.show(this.stage.canvas);
    this.newImage();
    this.changed();
  }

  dispose() {
    this.abort.abort();
    this.stopListening();
    this.model.off(this.watched, this.onTrait);
    this.model.off("change:size", this.onSize);
    this.model.off("change:image_id", this.onImage);
    this.document.hide(this.stage.canvas);
    this.detail.dispose();
    this.closeUp.dispose();
    this.crosshair.dispose();
    this.stage.dispose();
    this.root.classList.remove("r9s-inked");
  }

  /** The tool that the pointer uses, as an entry of the kernel's table. */
  get tool() {
    return PAINTER_COMMANDS.find(({ name }) => name === this.model.get("tool"));
  }

  set(traits) {
    for (const [name, value] of Object.entries(traits)) this.model.set(name, value);
    this.document.reach(() => this.model.save_changes());
  }

  say(text) {
    this.status.say(text);
  }

  changed() {
    this.refresh();
    nameFields(this.root);
    markRows(this.root);
    this.pointers.showRing();
    const [width, height] = this.model.get("image_size");
    const { hint } = this.tool;
    const byKeyboard = PAINTER_COMMANDS.find(({ name }) => name === "crosshair");
    this.status.showHint(this.model.get("has_image") ? hint : "");
    this.stage.element.setAttribute(
      "aria-label",
      this.model.get("has_image")
        ? t("Mask over an image of {width} by {height} pixels. {hint} {keyboard} (K)", { width, height, hint, keyboard: byKeyboard.hint })
        : t("No image yet"),
    );
  }

  newImage() {
    const [width, height] = this.model.get("image_size");
    this.stage.element.style.setProperty("--r9s-ratio", width / height);
    this.pointers.cancelGesture();
    this.crosshair.putAway();
    this.detail.forget();
    this.closeUp.hide();
    this.stage.fitted = true;
    this.stage.resized();
  }

  // ---- what the pointers and keys ask ---------------------------------------------------------------------------

  /** Whatever paints begins here: nobody paints on a mask that is hidden, and a held E has had its use. */
  begin() {
    this.usedWhileHeld = true;
    if (!this.model.get("visible")) this.set({ visible: true });
  }

  push(op) {
    this.begin();
    this.settle();
    return this.document.perform("push", op);
  }

  /** Bucket and wand look at the image, and only the kernel has all of its pixels. */
  pick([x, y], { erase, everywhere }) {
    this.begin();
    this.say(t("Looking for similar colours…"));
    this.document.ask(this.tool.name, { x, y, erase, everywhere });
  }

  settle() {
    this.document.settle();
  }

  hover(point) {
    this.status.showPoint(point, this.model.get("image_size"));
  }

  holdHand(held) {
    this.hand = held;
    this.stage.element.classList.toggle("r9s-hand", held);
    this.pointers.showRing();
  }

  holdEraser(held) {
    if (held) this.usedWhileHeld = false;
    this.erasing = held;
    this.stage.element.classList.toggle("r9s-erasing", held);
  }
}
