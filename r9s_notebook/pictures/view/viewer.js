// Pictures at their own size, over the page: one to look at, several to compare, many to cull.

import { button, fill, h } from "../../page/dom.js";
import { readable } from "../../page/key_names.js";
import { isPress, obey } from "../../page/key_tables.js";
import { number, t, tn } from "../../page/translation.js";
import { ACTIONS, COMPARISONS, REJECTED, isAble, possible } from "./actions.js";
import { Lens } from "./lens.js";
import { namesOf, spokenPicture } from "./naming.js";
import { Panes } from "./panes.js";
import { ACT_KEYS, COMPARE_KEYS, CULL_KEYS, VIEWER_KEYS } from "./picture_keys.js";
import { Sheet } from "./sheet.js";
import { stars } from "./stars.js";

const STRIP = 15; // thumbnails on either side of the one that is shown
const IN_STEP = 4;

const COMPARES = new Set(COMPARISONS.map(({ mode }) => mode));

const FILTERS = {
  all: [t("All"), () => true],
  open: [t("Undecided"), (item) => item.rating === 0 && !item.favourite],
  kept: [t("Kept"), kept],
  rejected: [t("Rejected"), (item) => item.rating === REJECTED],
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((least) => [`at-least-${least}`, [t("{stars} or more", { stars: "★".repeat(least) }), (item) => item.rating >= least]]),
  ),
};

/** What a person has decided to keep: starred or rated, and not rejected. */
export function kept(item) {
  return item.rating > 0 || (item.favourite && item.rating !== REJECTED);
}

export class Viewer {
  /** `hands(say)` makes the hands of this viewer; `root` takes the dialog; `leave(item)` gets the focus back. */
  constructor(book, hands, { root, leave }) {
    this.book = book;
    this.leave = leave;
    this.title = h("span", { class: "r9s-viewer-title" });
    this.rating = h("span");
    this.acts = h("span", { class: "r9s-viewer-acts", role: "group", "aria-label": t("What to do with this picture") });
    this.modes = h("span", { class: "r9s-viewer-acts", role: "group", "aria-label": t("Ways to compare") });
    this.zoom = button({ name: t("Fit, or 100 % (Z)"), kind: "r9s-zoom", onclick: () => this.toggleZoom() });
    this.filter = h("select", { "aria-label": t("Which pictures"), onchange: () => this.refilter() });
    for (const [value, [label]] of Object.entries(FILTERS)) this.filter.append(h("option", { value }, label));
    this.hand = button({ label: t("Export the kept"), drawing: "download", onclick: () => this.exportKept() });
    const judging = CULL_KEYS.filter(({ shown }) => shown).map(({ keys: [key], label, drawing, does }) =>
      button({ label, drawing, name: `${label} (${readable(key)})`, onclick: () => (does(this), this.stage.focus()) }),
    );
    this.culling = h("span", { class: "r9s-viewer-acts r9s-culling" }, ...judging, this.filter, this.hand);
    const tools = h(
      "span",
      { class: "r9s-viewer-acts" },
      this.zoom,
      button({ drawing: "info", name: t("Facts and note (I)"), onclick: () => this.toggleFacts() }),
      button({ drawing: "full", name: t("Full screen (F)"), onclick: () => this.toggleFull() }),
      button({ drawing: "close", name: t("Close (Escape)"), kind: "r9s-viewer-close", onclick: () => this.close() }),
    );
    const bar = h("div", { class: "r9s-viewer-bar" }, this.title, this.culling, this.rating, this.acts, this.modes, tools);
    this.stage = h("div", { class: "r9s-viewer-stage", tabindex: "0", role: "group", "aria-roledescription": t("picture") });
    this.told = h("p", { class: "r9s-told", role: "status", "aria-live": "polite" });
    this.ear = h("p", { class: "r9s-unseen", role: "status", "aria-live": "polite" });
    this.strip = h("div", { class: "r9s-filmstrip", role: "group", "aria-label": t("Pictures") });
    this.element = h(
      "dialog",
      { class: "r9s-viewer", "data-lm-suppress-shortcuts": "true" },
      bar,
      (this.body = h("div", { class: "r9s-viewer-body" }, this.stage)),
      this.told,
      this.ear,
      this.strip,
    );
    this.lens = new Lens(this.stage, () => this.tellZoom());
    this.panes = new Panes(book, this.stage, this.lens, (text) => this.say(text));
    this.hands = hands((text, back) => this.say(text, back), this);
    // A pinch is for the picture: nowhere in the viewer does it zoom the page.
    this.element.addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false });
    this.sheet = new Sheet(book, this.hands, {
      say: (text) => this.say(text),
      openRun: (id) => this.openRun(id),
      used: () => this.close(),
    });
    this.sheet.element.hidden = true;
    this.body.append(this.sheet.element);
    this.onItems = () => this.follow();
    this.onThumb = ({ detail }) => this.showThumb(detail);
    book.addEventListener("items", this.onItems);
    book.addEventListener("thumb", this.onThumb);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("keyup", (event) => event.key === " " && this.flick(false));
    this.element.addEventListener("close", () => this.closed());
    root.append(this.element);
  }

  /** Opens on one of some items; `mode` is `"view"`, `"cull"`, a comparison, or `"note"` for the facts with the note. */
  open(items, index, mode) {
    this.from = items.map(({ id }) => id);
    this.ids = this.from;
    this.id = this.ids[index] ?? this.ids[0];
    this.against = COMPARES.has(mode) ? (this.ids[index === 0 ? 1 : 0] ?? null) : null;
    this.cull = mode === "cull";
    this.mode = COMPARES.has(mode) ? mode : "view";
    this.culling.hidden = !this.cull;
    this.ear.textContent = "";
    this.element.setAttribute("aria-label", { view: t("Picture"), cull: t("Choose pictures") }[mode] ?? t("Compare pictures"));
    if (!this.element.open) this.element.showModal();
    this.lens.fit();
    this.say(this.cull ? t("P keep, X reject, 1 to 5 rate, Space next, Backspace back.") : "");
    this.draw();
    this.stage.focus();
    if (mode === "note") {
      this.toggleFacts(true);
      this.sheet.focusNote();
    }
  }

  /** Another run of the family, in place of what is looked at. */
  async openRun(id) {
    try {
      const items = await this.book.run(id);
      if (items.some(({ width }) => width)) this.open(items, 0, "view");
      else this.say(t("That run has no picture."));
    } catch (error) {
      this.say(error.message);
    }
  }

  get items() {
    return this.ids.map((id) => this.book.find(id)).filter(Boolean);
  }

  get item() {
    return this.book.find(this.id);
  }

  close() {
    this.element.close();
  }

  closed() {
    this.sheet.saveNote();
    if (document.fullscreenElement === this.element) document.exitFullscreen();
    for (const part of [this.stage, this.strip]) part.replaceChildren();
    this.lens.show([]);
    this.leave(this.item);
  }

  // -- drawing ------------------------------------------------------------------------------------------------------

  draw() {
    const { item } = this;
    if (!item) return;
    const bar = [...this.element.querySelectorAll(".r9s-viewer-bar button")];
    const at = bar.indexOf(document.activeElement);
    this.drawBar();
    const outlined = this.mode !== "view" && item.against && item.against === this.against;
    this.panes.draw(this.mode, this.shown, outlined ? item : null);
    this.drawStrip();
    if (!this.sheet.element.hidden) this.drawFacts();
    if (at >= 0 && !bar[at].isConnected) this.element.querySelectorAll(".r9s-viewer-bar button")[at]?.focus(); // it was drawn anew
  }

  /** Which one it is now, for the ear: whoever sees reads it in the bar. */
  hear() {
    const { item } = this;
    this.ear.textContent = [this.place, spokenPicture(item)].join(", ");
  }

  /** Which one of how many, and while one culls, how many are kept. */
  get place() {
    const { item, items } = this;
    const [at, count] = [items.indexOf(item) + 1, items.length];
    if (!this.cull) return t("{at} of {count}", { at, count });
    const keeping = this.from.map((id) => this.book.find(id)).filter((one) => one && kept(one)).length;
    return t("{at} of {count}, {kept} kept", { at, count, kept: keeping });
  }

  drawBar() {
    const { item, items } = this;
    const seed = (item.seed ?? null) !== null && t("seed {seed}", { seed: item.seed });
    const compared = this.shown.flat();
    this.title.textContent =
      compared.length > 1
        ? namesOf(compared).join(" | ")
        : [this.place, `${item.width} x ${item.height}`, seed].filter(Boolean).join(" · ");
    const may = this.book.abilities.includes("mark");
    this.rating.replaceChildren(may ? stars(item.rating, (rating) => this.hands.rate([item], rating)) : "");
    const shown = possible(this.book.abilities, [item]).filter(({ shown, name }) => shown && name !== "open");
    this.acts.replaceChildren(
      ...shown.map(({ name, label, key, drawing }) =>
        button({ drawing, name: `${label} (${readable(key)})`, kind: `r9s-act-${name}`, onclick: () => this.act(name) }),
      ),
      button({
        drawing: "menu",
        name: t("More"),
        "aria-haspopup": "menu",
        onclick: ({ currentTarget }) => this.hands.menu(currentTarget, [item], { all: items, root: this.element }),
      }),
    );
    this.modes.hidden = this.ids.length < 2 || this.mode === "view";
    this.modes.replaceChildren(
      ...COMPARISONS.map(({ mode, label, key }) =>
        button({
          label,
          name: `${label} (${readable(key)})`,
          "aria-pressed": String(mode === this.mode),
          onclick: () => this.compare(mode),
        }),
      ),
    );
  }

  /** What is looked at: one pane with a picture or two, or a pane for each picture in step. */
  get shown() {
    const { item } = this;
    const other = this.mode !== "view" && this.against ? this.book.find(this.against) : null;
    if (!other) return [[item]];
    if (this.mode !== "step") return [[other, item]];
    return (this.ids.length > 2 ? this.items.slice(0, IN_STEP) : [other, item]).map((one) => [one]);
  }

  drawStrip() {
    const { items, item } = this;
    const at = items.indexOf(item);
    const from = Math.max(0, at - STRIP);
    this.strip.hidden = items.length < 2;
    this.strip.replaceChildren(
      ...items.slice(from, at + STRIP + 1).map((one, number) => {
        const tile = h(
          "button",
          {
            type: "button",
            tabindex: "-1",
            "aria-label": spokenPicture(one),
            "aria-current": one === item ? "true" : null,
            "data-id": one.id,
            "data-rating": one.rating,
            "data-kept": String(kept(one)),
            onclick: () => this.go(from + number),
          },
        );
        const small = this.book.thumb(one);
        if (small) tile.append(fill(h("img", { alt: "", draggable: "false" }), small));
        return tile;
      }),
    );
    this.strip.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  showThumb(id) {
    if (!this.element.open) return;
    const item = this.book.find(id);
    const tile = [...this.strip.children].find((one) => one.dataset.id === id);
    if (tile && item) tile.replaceChildren(fill(h("img", { alt: "", draggable: "false" }), this.book.thumb(item)));
    this.panes.showThumb(id);
  }

  // -- facts --------------------------------------------------------------------------------------------------------

  toggleFacts(shown = this.sheet.element.hidden) {
    this.sheet.element.hidden = !shown;
    this.sheet.saveNote();
    if (shown) this.drawFacts();
  }

  /** In a comparison of two runs of the history, what sets them apart comes first. */
  drawFacts() {
    const other = this.mode !== "view" && this.book.abilities.includes("family") ? this.book.find(this.against) : null;
    this.sheet.show(this.item, other?.id.startsWith("source/") ? null : other);
  }

  // -- moving -------------------------------------------------------------------------------------------------------

  go(index) {
    const { items } = this;
    const next = items[Math.max(0, Math.min(index, items.length - 1))];
    if (!next || next.id === this.id) return;
    this.id = next.id;
    if (this.against === this.id) this.against = items[items.indexOf(next) - 1]?.id ?? items[1]?.id ?? null;
    if (this.mode === "view") this.lens.fit();
    this.draw();
    this.hear();
  }

  step(by) {
    this.go(this.items.indexOf(this.item) + by);
  }

  compare(mode) {
    if (!this.against) {
      const at = this.items.indexOf(this.item);
      this.against = (this.book.find(this.item.against) ?? this.items[at - 1] ?? this.items[at + 1])?.id ?? null;
    }
    if (!this.against) return this.say(t("There is nothing to compare it with."));
    this.mode = mode;
    this.say("");
    return this.draw();
  }

  /** The list changes under us: marks are new, pictures came or went. */
  follow() {
    if (!this.element.open) return;
    if (!this.item) {
      const at = this.ids.indexOf(this.id);
      const left = this.items;
      if (!left.length) return this.close();
      this.id = left[Math.min(at, left.length - 1)].id;
    }
    if (this.against && !this.book.find(this.against)) Object.assign(this, { against: null, mode: "view" });
    this.draw();
  }

  refilter() {
    const [, test] = FILTERS[this.filter.value];
    const left = this.from.filter((id) => id === this.id || (this.book.find(id) && test(this.book.find(id))));
    const first = left.find((id) => test(this.book.find(id)));
    if (!first) {
      this.say(t("No picture is so. Choose another filter."));
      this.filter.value = "all";
      return this.refilter();
    }
    this.ids = test(this.item) ? left : left.filter((id) => id !== this.id);
    if (!test(this.item)) this.id = first;
    this.draw();
    return this.stage.focus();
  }

  async exportKept() {
    const chosen = this.from.map((id) => this.book.find(id)).filter((one) => one && kept(one));
    if (!chosen.length) return this.say(t("Nothing is kept yet: P keeps the picture that is shown."));
    const how = this.book.abilities.includes("family") ? "export" : "download";
    if (await this.hands.do(how, chosen)) this.say(tn("{count} picture exported.", "{count} pictures exported.", chosen.length));
    return undefined;
  }

  async act(name) {
    const { item } = this;
    if (name === "compare") return this.compare(this.mode === "view" ? "slider" : this.mode);
    await this.hands.do(name, [item], { all: this.items, root: this.element, anchor: this.acts });
    if (name === "edit" || name === "use") this.close();
    return undefined;
  }

  // -- hands --------------------------------------------------------------------------------------------------------

  onKey(event) {
    event.stopPropagation(); // none of it is the notebook's
    if (event.target.matches("textarea, select, input")) {
      if (event.key === "Escape" && event.target.matches("textarea")) {
        event.preventDefault(); // leaves the note, not the viewer
        this.stage.focus();
      }
      return;
    }
    if (this.element.querySelector(".r9s-menu")) return;
    if (isPress(event) && event.target.closest("button, summary, [role=slider]")) return; // it presses that
    const tables = [VIEWER_KEYS, this.mode === "view" ? [] : COMPARE_KEYS, this.cull ? CULL_KEYS : []];
    if (obey(tables.flat(), event, this) || obey(ACT_KEYS, event, this, null)) event.preventDefault();
  }

  // Culling: each judgement goes on to the next picture.

  keep() {
    const { item } = this;
    this.hands.mark([item], { favourite: true, rating: Math.max(0, item.rating) }, t("Kept.")).catch((error) => this.say(error.message));
    this.step(1);
    this.hear();
  }

  judge(rating) {
    this.hands.rate([this.item], rating);
    this.step(1);
    this.hear();
  }

  /** What a key does with the picture that is shown; false where it can do nothing. */
  performs(name) {
    const action = ACTIONS.find((one) => one.name === name);
    return name !== "open" && isAble(this.book.abilities, action) && void this.act(name);
  }

  rates(rating) {
    return this.book.abilities.includes("mark") && void this.hands.rate([this.item], rating);
  }

  /** While Space is held, the other picture of a comparison is seen. */
  flick(on) {
    this.stage.classList.toggle("r9s-flick", on && this.mode !== "view");
  }

  toggleZoom() {
    if (this.lens.scale === null) this.lens.zoomTo(1);
    else this.lens.fit();
  }

  tellZoom() {
    this.zoom.textContent = this.lens.scale === null ? t("Fit") : `${number(this.lens.percent)} %`;
    this.panes?.clip();
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.element.requestFullscreen?.().catch(() => this.say(t("This page may not fill the screen.")));
  }

  say(text, back = null) {
    const act = () => {
      this.say("");
      back.act();
    };
    this.told.replaceChildren(text, back ? button({ label: back.label, onclick: act }) : "");
  }

  dispose() {
    this.book.removeEventListener("items", this.onItems);
    this.book.removeEventListener("thumb", this.onThumb);
    this.lens.dispose();
    this.sheet.dispose();
    this.element.remove();
  }
}
