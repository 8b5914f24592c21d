// The history panel: closed, a title over the strip; open, the list of what was found beside the run that is chosen.

import { Detail } from "./detail.js";
import { button, h } from "../../page/dom.js";
import { RunList } from "./list.js";
import { Toolbar } from "./toolbar.js";
import { Wire } from "../../page/wire.js";
import { counted } from "../../page/words.js";

const SLOW = "The kernel is busy; the answer comes as soon as it is free.";

class Panel {
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.search = null; // what is looked for, and what the list shows
    this.found = null;
    this.pairing = null;
    this.wire = new Wire(model, {
      onMessage: ({ type }) => type === "changed" && this.refresh(),
      onSlow: (slow) => this.tellSlow(slow),
    });
    this.toolbar = new Toolbar(model.get("scopes"), {
      onOpen: (open) => this.open(open),
      onSearch: (search) => this.find(search),
      onDown: () => this.list.element.focus(),
    });
    this.list = new RunList({
      load: (before) => this.page(before),
      pictures: (ids) => this.thumbnails(ids),
      choose: (id, { second }) => this.choose(id, second),
      remove: (id) => id === this.detail.id && this.detail.confirmDelete(),
      enter: () => this.detail.focus(),
    });
    this.detail = new Detail({
      ask: (question, fields) => this.wire.ask(question, fields),
      say: (text, kind) => this.say(text, kind),
      fail: (error, id) => this.fail(error, id),
      changed: (id, changes) => this.list.update(id, changes),
      deleted: (id) => this.forget(id, true),
      choose: (id) => this.choose(id),
      pair: (id) => this.pair(id),
    });
    this.status = h("p", { class: "r9s-timeline-status", role: "status", "aria-live": "polite" });
    this.none = h("p");
    this.lift = button({ label: "Clear the filters", onclick: () => this.toolbar.lift() });
    this.nothing = h("div", { class: "r9s-detail-empty", hidden: true }, this.none, this.lift);
    const found = h("div", { class: "r9s-found" }, this.status, this.list.element, this.nothing);
    this.body = h("div", { class: "r9s-timeline-body", hidden: true }, found, this.detail.element);
    root.classList.add("r9s-timeline");
    root.append(this.toolbar.element, this.body);
    this.onSummary = () => this.toolbar.setSummary(model.get("summary"));
    model.on("change:summary", this.onSummary);
    this.onSummary();
  }

  // -- opening ----------------------------------------------------------------------------------------------------

  open(open) {
    this.toolbar.setOpen(open);
    this.body.hidden = !open;
    this.root.classList.toggle("r9s-timeline-open", open);
    this.say("");
    if (!open) {
      this.detail.saveNote();
      this.toolbar.opener.focus();
      return;
    }
    if (!this.search) this.toolbar.setScope(this.model.get("summary") ? "cell" : "project");
    this.toolbar.text.focus({ preventScroll: true });
    this.find(this.toolbar.wanted);
  }

  // -- finding ----------------------------------------------------------------------------------------------------

  async find(search) {
    this.search = search;
    const page = await this.page(null);
    if (!page) return;
    this.found = search;
    this.list.begin(page);
    this.tellFound();
    const shown = this.model.get("shown");
    const first = page.runs.find((run) => run.id === this.detail.id || run.id === shown) ?? page.runs[0];
    if (first) this.choose(first.id);
    else this.detail.empty("");
  }

  /** A page of the search under way; null where it failed, or something else is looked for by now. */
  async page(before) {
    const search = this.search;
    try {
      const page = await this.wire.ask("find", { ...search, before });
      return page.skipped || this.search !== search ? null : page;
    } catch (error) {
      if (this.search === search) this.fail(error);
      return null;
    }
  }

  async thumbnails(ids) {
    try {
      const answer = await this.wire.ask("thumbnails", { ids });
      const found = Object.entries(answer.thumbs).filter(([, thumb]) => thumb);
      return new Map(found.map(([id, thumb]) => [id, answer.blob(thumb)]));
    } catch {
      return new Map(); // rows without pictures still say what they are
    }
  }

  /** Runs were added or changed, perhaps by another lab: the newest page is laid over what is there. */
  async refresh() {
    if (!this.toolbar.open || this.found !== this.search) return; // what is on its way will be new enough
    const page = await this.page(null);
    if (!page || this.found !== this.search) return;
    this.list.merge(page);
    if (this.status.dataset.kind === "count") this.tellFound();
    const now = this.list.runs.find((run) => run.id === this.detail.id);
    if (now && this.detail.run && now.status !== this.detail.run.status) this.detail.show(now.id);
    if (!this.detail.id && this.list.runs.length) this.choose(this.list.runs[0].id);
  }

  tellFound() {
    const { runs, more } = this.list;
    const { filtered } = this.toolbar;
    this.nothing.hidden = runs.length > 0;
    this.none.textContent = filtered ? "No run matches. Search in more places, or for less." : "No runs yet.";
    this.lift.hidden = !filtered;
    const number = counted(runs.length, "run");
    this.say(more ? `More than ${number}, newest first` : number, "count");
  }

  // -- choosing ---------------------------------------------------------------------------------------------------

  choose(id, second = false) {
    const first = this.pairing ?? (second ? this.detail.id : null);
    this.pairing = null;
    if (first && first !== id) {
      this.list.mark(id, first);
      this.detail.compare(first, id);
    } else {
      this.list.mark(id);
      this.detail.show(id);
      this.tellFound();
    }
  }

  pair(id) {
    this.pairing = id;
    this.say("Choose a second run in the list to see the two side by side.", "hint");
    this.list.element.focus();
  }

  /** Takes a deleted run away, and goes on with its neighbour. */
  forget(id, deleted = false) {
    const next = this.list.remove(id);
    this.pairing = null;
    if (next) this.choose(next);
    else this.detail.empty("Choose a run to see all of it.");
    this.tellFound();
    if (!deleted) return;
    this.say("The run is deleted.");
    this.list.element.focus();
  }

  // -- telling ----------------------------------------------------------------------------------------------------

  say(text, kind = "") {
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.dataset.kind = kind;
  }

  tellSlow(slow) {
    if (slow) this.say(SLOW, "hint");
    else if (this.status.textContent === SLOW) this.tellFound();
  }

  fail(error, id = null) {
    if (error.gone && id) this.forget(id);
    this.say(error.message, "error");
  }

  dispose() {
    this.model.off("change:summary", this.onSummary);
    this.detail.dispose();
    this.toolbar.dispose();
    this.list.dispose();
    this.wire.dispose();
  }
}

function render({ model, el }) {
  const panel = new Panel(model, el);
  return () => panel.dispose();
}

export default { render };
