// The history: closed, a title over the strip; open, the pictures that were found beside all that is known of one.

import { button, h } from "../../page/dom.js";
import { t, tn } from "../../page/translation.js";
import { countedPictures } from "../../page/words.js";
import { Found } from "./found.js";
import { Grid } from "./grid.js";
import { Hands } from "./hands.js";
import { SearchBar } from "./search.js";
import { Sheet } from "./sheet.js";

export class History {
  /** `told` is the line of `say(text, back)`; `viewing` makes a viewer. */
  constructor(model, root, { told, say, onSlow, viewing }) {
    Object.assign(this, { model, root, told, say, onSlow });
    const book = (this.book = new Found(model));
    this.bar = new SearchBar(model.get("scopes"), {
      onOpen: (open) => this.open(open),
      onSearch: (search) => this.find(search),
      onDown: () => this.grid.focus(0),
    });
    this.viewer = viewing(book, root, () => this.grid);
    const look = (items, index, mode) => (mode === "note" ? this.sheet.focusNote() : this.viewer.look(items, index, mode));
    const hands = new Hands(book, { say, look });
    this.grid = new Grid(book, hands);
    this.sheet = new Sheet(book, hands, { say, openRun: (id) => this.openRun(id) });
    this.count = h("p", { class: "r9s-found-count", role: "status", "aria-live": "polite" });
    this.none = h("p");
    this.lift = button({ label: t("Clear the filters"), onclick: () => this.bar.lift() });
    this.nothing = h("div", { class: "r9s-factsheet-empty", hidden: true }, this.none, this.lift);
    const found = h("div", { class: "r9s-found" }, this.count, this.nothing, this.grid.element, told);
    this.body = h("div", { class: "r9s-history-body", hidden: true }, found, this.sheet.element);
    root.classList.add("r9s-history-page");
    root.append(this.bar.element, this.body);
    root.addEventListener("keydown", (event) => this.onKey(event));
    const on = { items: () => this.tellFound(), marks: () => this.tellChosen(), picked: () => this.tellChosen() };
    for (const [name, handler] of Object.entries(on)) book.addEventListener(name, handler);
    book.addEventListener("changed", () => this.refresh());
    book.addEventListener("failed", ({ detail }) => say(detail.message));
    book.addEventListener("slow", onSlow);
    this.onSummary = () => this.bar.setSummary(model.get("summary"));
    model.on("change:summary", this.onSummary);
    this.onSummary();
  }

  // -- opening ------------------------------------------------------------------------------------------------------

  open(open) {
    this.bar.setOpen(open);
    this.body.hidden = !open;
    this.root.classList.toggle("r9s-history-is-open", open);
    this.say("");
    if (!open) {
      this.sheet.saveNote();
      this.bar.opener.focus();
      return;
    }
    if (!this.book.wanting) this.bar.setScope(this.model.get("summary") ? "cell" : "project");
    this.bar.text.focus({ preventScroll: true });
    this.find(this.bar.wanted);
  }

  onKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.bar.open || event.target.closest("dialog, .r9s-menu")) return;
    event.preventDefault();
    event.stopPropagation();
    this.open(false);
  }

  // -- finding ------------------------------------------------------------------------------------------------------

  async find(search) {
    this.say("");
    try {
      if (!(await this.book.search(search))) return;
    } catch (error) {
      this.say(error.message);
      return;
    }
    this.grid.scroller.scrollTop = 0;
    const { items, id } = this.book;
    const shown = this.model.get("shown");
    const at = items.findIndex((item) => item.id === id);
    this.book.select(at >= 0 ? at : Math.max(0, items.findIndex((item) => item.id.startsWith(`${shown}/`))));
  }

  /** Runs were added or changed, perhaps by another lab: the newest page is laid over what is there. */
  async refresh() {
    if (!this.bar.open) return;
    const at = this.book.selected;
    try {
      await this.book.refresh();
    } catch (error) {
      this.say(error.message);
      return;
    }
    if (this.book.selected < 0) this.book.select(Math.min(Math.max(0, at), this.book.items.length - 1)); // its neighbour
  }

  tellFound() {
    const { items, more, runs } = this.book;
    this.nothing.hidden = items.length > 0;
    this.none.textContent = this.bar.filtered ? t("Nothing matches. Search in more places, or for less.") : t("No runs yet.");
    this.lift.hidden = !this.bar.filtered;
    const here = { pictures: countedPictures(items.filter(({ width }) => width).length) };
    const text = more
      ? tn("More than {pictures} of {count} run, newest first", "More than {pictures} of {count} runs, newest first", runs, here)
      : tn("{pictures} of {count} run", "{pictures} of {count} runs", runs, here);
    if (this.count.textContent !== text) this.count.textContent = text;
  }

  /** All that is known of the chosen one; of two, what sets them apart. */
  tellChosen() {
    const [first, second] = (this.book.picked ?? []).map((id) => this.book.find(id));
    if (second && this.book.picked.length === 2) this.sheet.show(second, first);
    else this.sheet.show(this.book.items[this.book.selected] ?? null);
  }

  /** Another run of the family: chosen among those that were found where it is, else looked at. */
  async openRun(id) {
    const at = this.book.items.findIndex((item) => item.id.startsWith(`${id}/`));
    if (at >= 0) return this.grid.focus(at);
    try {
      const items = await this.book.run(id);
      return this.sheet.show(items[0]);
    } catch (error) {
      return this.say(error.message);
    }
  }

  dispose() {
    this.model.off("change:summary", this.onSummary);
    this.viewer.dispose();
    this.sheet.dispose();
    this.bar.dispose();
    this.grid.dispose();
    this.book.dispose();
  }
}
