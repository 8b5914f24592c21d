// What is looked at closely: a picture, two with a slider or as their difference, or several in step.

import { fill, h, picture, words } from "../../page/dom.js";
import { rowFor } from "../../page/key_tables.js";
import { number, t } from "../../page/translation.js";
import { difference } from "./difference.js";
import { SLIDER_KEYS } from "./picture_keys.js";

export class Panes {
  /** Draws into `stage`, over which `lens` moves; `say(text)` tells what there is to know. */
  constructor(book, stage, lens, say) {
    Object.assign(this, { book, stage, lens, say });
  }

  /** Shows in each pane its pictures; `outlined` is an edit whose mask is seen, or null. */
  draw(mode, wanted, outlined) {
    const now = JSON.stringify([mode, wanted.map((pane) => pane.map(({ id, v }) => [id, v]))]);
    if (this.drawn === now && this.stage.childElementCount) return;
    this.drawn = now;
    const built = wanted.map((pictures) => h("div", { class: "r9s-pane" }, pictures.map((one) => this.picture(one))));
    this.stage.dataset.mode = mode;
    this.stage.style.setProperty("--r9s-panes", built.length === 4 ? 2 : built.length);
    this.stage.setAttribute("aria-label", wanted.flat().map(({ alt }) => alt).join(" | "));
    this.stage.replaceChildren(...built);
    if (mode === "step") built.forEach((pane, at) => pane.append(words(wanted[at][0].alt, "span", { class: "r9s-pane-name" })));
    const isPair = wanted[0].length > 1;
    if (mode === "slider" && isPair) this.addSlider(built[0]);
    if (outlined) this.addOutline(built, outlined, now);
    this.lens.show(built);
    if (mode === "difference" && isPair) this.showDifference(built[0], now);
  }

  /** A picture is small until its original is here. */
  picture(item) {
    const img = h("img", { alt: item.alt, draggable: "false", "data-id": item.id });
    Object.assign(img.dataset, { width: item.width, height: item.height });
    const small = this.book.thumb(item);
    if (small) fill(img, small);
    this.book.original(item).then(
      ({ blob }) => {
        fill(img, blob);
        img.dataset.original = "true";
      },
      (error) => this.say(error.message),
    );
    return img;
  }

  /** Where the mask of an edit ran, in the comparison with its source. */
  async addOutline(panes, item, drawn) {
    const blob = await this.book.outline(item);
    if (!blob || this.drawn !== drawn) return;
    for (const pane of panes) pane.append(picture(blob, "", { class: "r9s-outline" }));
    this.lens.apply();
  }

  addSlider(pane) {
    const handle = h("div", {
      class: "r9s-slider",
      role: "slider",
      tabindex: "0",
      "aria-label": t("How much of the first picture is seen"),
      "aria-valuemin": "0",
      "aria-valuemax": "100",
    });
    const at = (share) => {
      this.share = Math.max(0, Math.min(1, share));
      pane.style.setProperty("--r9s-share", this.share);
      handle.setAttribute("aria-valuenow", String(Math.round(this.share * 100)));
      this.clip();
    };
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = pane.getBoundingClientRect();
      at((event.clientX - box.left) / box.width);
    });
    handle.addEventListener("keydown", (event) => {
      const to = rowFor(SLIDER_KEYS, event)?.does(this.share);
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      at(to);
    });
    pane.append(handle);
    at(this.share ?? 0.5);
  }

  /** The second picture is seen to the right of the slider; the pane is what is divided, wherever the picture lies. */
  clip() {
    const pane = this.stage.dataset.mode === "slider" && this.stage.querySelector(".r9s-pane");
    const second = pane && pane.querySelectorAll("img:not(.r9s-outline)")[1];
    if (!second || !this.lens.box) return;
    const cut = (this.share * pane.clientWidth - this.lens.box.left) / this.lens.box.width;
    second.style.clipPath = `inset(0 0 0 ${Math.max(0, Math.min(1, cut)) * 100}%)`;
  }

  async showDifference(pane, drawn) {
    const images = [...pane.querySelectorAll("img:not(.r9s-outline)")];
    await Promise.all(images.map((img) => whole(img)));
    if (this.drawn !== drawn) return;
    const { canvas, share } = difference(...images);
    pane.append(canvas);
    this.lens.apply();
    const sizes = images.map((img) => `${img.naturalWidth} x ${img.naturalHeight}`);
    const told = [t("{share} % of the pixels differ.", { share: number(share * 100, { maximumFractionDigits: 1 }) })];
    if (sizes[0] !== sizes[1]) {
      told.push(t("Their sizes differ ({one} and {other}): the second was fitted to the first.", { one: sizes[0], other: sizes[1] }));
    }
    this.say(told.join(" "));
  }

  /** A small picture has come; where its original is not here yet, it is seen. */
  showThumb(id) {
    for (const img of this.stage.querySelectorAll("img:not([data-original])")) {
      if (img.dataset.id === id) fill(img, this.book.thumb(this.book.find(id)));
    }
  }
}

/** Once an image shows its original. */
async function whole(img) {
  while (!img.dataset.original) await new Promise((done) => img.addEventListener("load", done, { once: true }));
  await img.decode();
}
