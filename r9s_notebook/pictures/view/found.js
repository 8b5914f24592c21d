// What a search of the history finds. What is chosen among it is this page's own affair.

import { t } from "../../page/translation.js";
import { Book } from "./book.js";

/** The pictures of the runs that match, newest first, a page of runs at a time. */
export class Found extends Book {
  constructor(model) {
    super(model);
    Object.assign(this, { label: t("Pictures that were found, newest first"), captions: true, more: false, runs: 0 });
    this.id = null; // of the one that is chosen
    this.onChange = () => this.tell("changed");
    model.on("change:changes", this.onChange);
  }

  dispose() {
    this.model.off("change:changes", this.onChange);
    super.dispose();
  }

  /** What turns out to be gone is taken away: another lab or kernel has deleted it. */
  async ask(question, fields = {}) {
    try {
      return await super.ask(question, fields);
    } catch (error) {
      const names = [fields.id, fields.other, ...(fields.ids ?? [])];
      if (error.gone && this.items.some(({ id }) => names.includes(id))) {
        this.items = this.items.filter(({ id }) => !names.includes(id));
        this.tell("items");
        this.tell("changed");
      }
      throw error;
    }
  }

  get selected() {
    return this.items.findIndex((item) => item.id === this.id);
  }

  select(index) {
    this.id = this.items[index]?.id ?? null;
    this.tell("marks");
  }

  pick(ids) {
    this.picked = ids;
    this.tell("picked");
  }

  /** The first page of a search; false where another one was begun since. */
  async search(wanted) {
    this.wanting = wanted;
    const page = await this.page(null);
    if (!page) return false;
    this.last = null;
    this.items = [];
    this.runs = 0;
    this.append(page);
    return true;
  }

  /** A page of the search under way; null where something else is looked for by now. */
  async page(before) {
    const { wanting } = this;
    const page = await this.ask("find", { ...wanting, before });
    return page.skipped || this.wanting !== wanting ? null : page;
  }

  append(page) {
    this.items = [...this.items, ...page.items];
    this.runs += page.runs;
    this.more = page.more;
    this.last = page.last ?? this.last;
    this.tell("items");
  }

  /** Reads on, as one scrolls towards the end. */
  async readOn() {
    if (!this.more || this.reading) return;
    this.reading = true;
    try {
      const page = await this.page(this.last);
      if (page) this.append(page);
    } catch (error) {
      this.more = false;
      this.dispatchEvent(new CustomEvent("failed", { detail: error }));
    }
    this.reading = false;
  }

  /** Puts the newest page in place of what it covers: new runs come, deleted ones go. */
  async refresh() {
    const page = await this.page(null);
    if (!page) return;
    const runOf = (item) => item.id.slice(0, item.id.lastIndexOf("/"));
    const older = page.more ? this.items.filter((item) => runOf(item) < page.last) : []; // ids sort by time
    this.items = [...page.items, ...older];
    this.runs = page.runs + new Set(older.map(runOf)).size;
    if (!older.length) Object.assign(this, { more: page.more, last: page.last });
    this.tell("items");
  }
}
