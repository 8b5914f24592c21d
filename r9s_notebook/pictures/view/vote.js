// Which is better? Pictures that differ in one thing only, side by side, without a word of which is which.

import { button, fill, h } from "../../page/dom.js";
import { isPress, obey } from "../../page/key_tables.js";
import { t } from "../../page/translation.js";
import { VOTE_KEYS } from "./picture_keys.js";

const BESIDE = 4; // side by side

export class Vote {
  /** `groups` are lists of items; the one that is chosen gets a star by `hands`. `tally()` promises the table at the end. */
  constructor(book, hands, groups, { root, tally, done }) {
    Object.assign(this, { book, hands, tally, at: 0, marking: [] });
    this.groups = groups.map((group) => shuffled(group).slice(0, BESIDE));
    this.title = h("span", { class: "r9s-viewer-title", "aria-live": "polite" });
    this.stage = h("div", { class: "r9s-viewer-stage r9s-vote", tabindex: "-1" });
    const acts = h(
      "span",
      { class: "r9s-viewer-acts" },
      (this.same = button({ label: t("No difference"), name: t("No difference (Space)"), onclick: () => this.next() })),
      button({ drawing: "close", name: t("Close (Escape)"), onclick: () => this.element.close() }),
    );
    this.element = h(
      "dialog",
      { class: "r9s-viewer", "aria-label": t("Which is better?"), "data-lm-suppress-shortcuts": "true" },
      h("div", { class: "r9s-viewer-bar" }, this.title, acts),
      this.stage,
    );
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    const opener = document.activeElement;
    this.element.addEventListener("close", () => {
      this.element.remove();
      // The page tells of it a moment later: who is elsewhere by then stays there.
      if ([opener, document.body].includes(document.activeElement)) done();
    });
    root.append(this.element);
    this.element.showModal();
    this.draw();
  }

  draw() {
    const group = this.groups[this.at];
    if (!group) return this.end();
    this.title.textContent = t("Which is better? {number} of {count}", { number: this.at + 1, count: this.groups.length });
    this.stage.style.setProperty("--r9s-panes", group.length);
    this.stage.replaceChildren(...group.map((item, number) => this.choice(item, number)));
    this.stage.firstElementChild.focus();
    return undefined;
  }

  choice(item, number) {
    const img = h("img", { alt: t("Picture {number}", { number: number + 1 }), draggable: "false" });
    const small = this.book.thumb(item);
    if (small) fill(img, small);
    this.book.original(item).then(
      ({ blob }) => fill(img, blob),
      () => {}, // its small one is what is left
    );
    const name = t("Picture {number} is better ({number})", { number: number + 1 });
    return h("button", { type: "button", class: "r9s-vote-one", "aria-label": name, onclick: () => this.choose(number) }, img, h("b", {}, String(number + 1)));
  }

  choose(number) {
    const group = this.groups[this.at];
    if (!group?.[number]) return;
    const others = group.filter((item, at) => at !== number && this.book.find(item.id)?.favourite);
    this.marking.push(this.hands.mark([group[number]], { favourite: true }, ""));
    if (others.length) this.marking.push(this.hands.mark(others, { favourite: false }, ""));
    this.next();
  }

  next() {
    this.at += 1;
    this.draw();
  }

  /** Only now is told which was which. */
  async end() {
    this.same.hidden = true;
    const kept = await Promise.allSettled(this.marking); // before they are counted
    const failed = kept.find(({ reason }) => reason);
    this.title.textContent = failed ? failed.reason.message : t("Done. Each choice is a star.");
    const { name, rows } = await this.tally().catch((error) => ({ name: error.message, rows: [] }));
    const head = [name, t("Stars"), t("Pictures")].map((text) => h("th", { scope: "col" }, text));
    const body = rows.map(({ value, stars, pictures }) => h("tr", {}, h("th", { scope: "row" }, value), h("td", {}, String(stars)), h("td", {}, String(pictures))));
    this.stage.style.setProperty("--r9s-panes", 1);
    this.stage.replaceChildren(h("table", { class: "r9s-tally" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
    this.stage.focus();
  }

  onKey(event) {
    event.stopPropagation(); // none of it is the notebook's
    if (isPress(event) && event.target.closest(".r9s-viewer-acts")) return; // it presses that
    if (obey(VOTE_KEYS, event, this)) event.preventDefault();
  }
}

function shuffled(items) {
  return items
    .map((item) => [Math.random(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
