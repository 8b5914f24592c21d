// The list of runs that were found. Ten thousand are as smooth as ten: only the rows in sight exist, pages come as one
// scrolls towards them, and of the pictures only the last few hundred are kept.

import { h, icon, picture, words } from "../../page/dom.js";
import { aboutRun, spokenRun } from "../../page/words.js";

const ROW = 60; // pixels; the style sheet's --r9s-row
const BEYOND = 6; // rows kept above and below those in sight
const KEPT_PICTURES = 400;

let lists = 0;

export class RunList {
  /**
   * `load(before)` promises a page, `pictures(ids)` the thumbnails of some runs as a Map of blobs, `choose(id, {second})`
   * is told what was chosen; `remove(id)` and `enter()` answer the keys Delete and Enter.
   */
  constructor(hooks) {
    this.hooks = hooks;
    this.name = `r9s-runs-${(lists += 1)}`;
    this.all = h("div", { class: "r9s-runs-all", role: "none" });
    this.element = h(
      "div",
      {
        class: "r9s-runs",
        role: "listbox",
        tabindex: "0",
        "aria-multiselectable": "true",
        "aria-label": "Runs that were found, newest first",
        onscroll: () => this.drawSoon(),
        onkeydown: (event) => this.onKey(event),
        onclick: (event) => this.onClick(event),
      },
      this.all,
    );
    this.watcher = new ResizeObserver(() => this.drawSoon());
    this.watcher.observe(this.element);
    this.pictures = new Map();
    this.wanted = new Set();
    this.sight = { scrollTop: 0, clientHeight: 0 };
    this.clear();
  }

  clear() {
    this.runs = [];
    this.more = false;
    this.loading = false;
    this.active = -1;
    this.chosen = null;
    this.second = null;
    this.rows = new Map();
    this.all.replaceChildren();
    this.element.scrollTop = this.sight.scrollTop = 0;
  }

  /** Shows the first page of a search. */
  begin(page) {
    this.clear();
    this.append(page);
  }

  append(page) {
    this.keep(page);
    this.runs.push(...page.runs);
    this.more = page.more;
    this.loading = false;
    this.draw();
  }

  /** Puts the newest page in place of what it covers: new runs come, deleted ones go; what is looked at stays put. */
  merge(page) {
    this.keep(page);
    const looked = this.runs[this.active]?.id;
    const before = this.runs.length;
    const oldest = page.runs.at(-1)?.id ?? "";
    const older = page.more ? this.runs.filter((run) => run.id < oldest) : []; // ids sort by time
    this.runs = [...page.runs, ...older];
    if (!older.length) this.more = page.more;
    const at = this.runs.findIndex((run) => run.id === looked);
    this.active = at < 0 ? Math.min(this.active, this.runs.length - 1) : at; // where it is gone, its neighbour's place
    if (this.element.scrollTop > 0) this.element.scrollTop += (this.runs.length - before) * ROW;
    this.redraw();
  }

  keep(page) {
    for (const run of page.runs) {
      const blob = page.blob(run.thumb);
      if (blob) this.pictures.set(run.id, blob);
    }
  }

  update(id, changes) {
    const run = this.runs.find((other) => other.id === id);
    if (run) Object.assign(run, changes);
    this.redraw();
  }

  /** Takes a run away, and gives the id of the one that stands in its place now. */
  remove(id) {
    const at = this.runs.findIndex((run) => run.id === id);
    if (at < 0) return this.runs[Math.max(0, this.active)]?.id ?? null;
    this.runs.splice(at, 1);
    if (this.active >= this.runs.length) this.active = this.runs.length - 1;
    this.redraw();
    return this.runs[Math.min(at, this.runs.length - 1)]?.id ?? null;
  }

  /** Marks a run as the one that is looked at, and the one it is compared with. */
  mark(chosen, second = null) {
    this.chosen = chosen;
    this.second = second;
    const at = this.runs.findIndex((run) => run.id === chosen);
    if (at >= 0) this.active = at;
    this.draw();
  }

  // -- drawing ----------------------------------------------------------------------------------------------------

  drawSoon() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  redraw() {
    this.rows.clear();
    this.all.replaceChildren();
    this.draw();
  }

  /** What is in sight. JupyterLab takes an output out of the page for a moment, at a new theme, and nobody is told when
   * it is back at the same size: until then it counts as it was. */
  look() {
    const { scrollTop, clientHeight } = this.element;
    if (clientHeight) this.sight = { scrollTop, clientHeight };
    return this.sight;
  }

  draw() {
    const { scrollTop, clientHeight } = this.look();
    this.all.style.height = `${this.runs.length * ROW}px`;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - BEYOND);
    const last = Math.min(this.runs.length, Math.ceil((scrollTop + clientHeight) / ROW) + BEYOND);
    for (const [index, row] of this.rows) {
      if ((index < first || index >= last) && index !== this.active) {
        row.remove();
        this.rows.delete(index);
      }
    }
    for (let index = first; index < last; index += 1) this.row(index);
    if (this.active >= 0 && this.active < this.runs.length) this.row(this.active);
    for (const [index, row] of this.rows) this.dress(row, index);
    if (this.active >= 0) this.element.setAttribute("aria-activedescendant", `${this.name}-${this.active}`);
    else this.element.removeAttribute("aria-activedescendant");
    this.askForPictures();
    if (this.more && !this.loading && last >= this.runs.length - BEYOND) this.loadMore();
  }

  async loadMore() {
    this.loading = true;
    const page = await this.hooks.load(this.runs.at(-1)?.id);
    this.loading = false;
    if (page) this.append(page);
  }

  row(index) {
    if (this.rows.has(index)) return;
    const run = this.runs[index];
    const row = h(
      "div",
      {
        class: "r9s-run",
        id: `${this.name}-${index}`,
        role: "option",
        style: `top: ${index * ROW}px`,
        "aria-posinset": index + 1,
        "aria-label": spokenRun(run),
        "data-index": index,
        "data-status": run.status,
      },
      h("span", { class: "r9s-run-picture" }, this.pictureOf(run), run.count > 1 && h("b", {}, String(run.count))),
      h(
        "span",
        { class: "r9s-run-text" },
        words(run.words || "(no words)", "span", { class: "r9s-run-words" }),
        words(aboutRun(run), "span", { class: "r9s-run-about" }),
      ),
      h("span", { class: "r9s-run-marks" }, run.favourite && icon("star"), run.noted && "✎"),
    );
    this.rows.set(index, row);
    this.all.append(row);
  }

  /** What may change about a row while it stays. */
  dress(row, index) {
    const { id } = this.runs[index];
    row.setAttribute("aria-selected", String(id === this.chosen || id === this.second));
    row.setAttribute("aria-setsize", this.more ? -1 : this.runs.length);
    row.classList.toggle("r9s-run-active", index === this.active);
    row.classList.toggle("r9s-run-second", id === this.second);
  }

  pictureOf(run) {
    if (!run.thumb) return h("span", { class: "r9s-no-picture" }, run.status === "running" ? "…" : "–");
    const blob = this.pictures.get(run.id);
    if (!blob) {
      this.wanted.add(run.id);
      return null;
    }
    this.pictures.delete(run.id); // and in again, as the last one used
    this.pictures.set(run.id, blob);
    return picture(blob, "");
  }

  /** Pictures that were let go, for rows that come into sight again. */
  async askForPictures() {
    for (const id of this.pictures.keys()) {
      if (this.pictures.size <= KEPT_PICTURES) break;
      this.pictures.delete(id);
    }
    if (!this.wanted.size || this.asking) return;
    const ids = [...this.wanted].slice(-40);
    this.wanted.clear();
    this.asking = true;
    const blobs = await this.hooks.pictures(ids);
    this.asking = false;
    for (const [id, blob] of blobs) this.pictures.set(id, blob);
    for (const row of this.rows.values()) {
      const run = this.runs[row.dataset.index];
      const place = row.querySelector(".r9s-run-picture");
      if (run && blobs.has(run.id) && !place.querySelector("img")) place.prepend(picture(blobs.get(run.id), ""));
    }
    if (this.wanted.size) this.askForPictures();
  }

  // -- hands ------------------------------------------------------------------------------------------------------

  onClick(event) {
    const row = event.target.closest(".r9s-run");
    if (!row) return;
    this.go(Number(row.dataset.index), event.ctrlKey || event.metaKey || event.shiftKey);
  }

  onKey(event) {
    const seen = Math.max(1, Math.floor(this.element.clientHeight / ROW) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: seen, PageUp: -seen };
    const second = event.ctrlKey || event.metaKey || event.shiftKey;
    if (event.key in steps) this.step(this.active + steps[event.key], second);
    else if (event.key === "Home") this.step(0, second);
    else if (event.key === "End") this.step(this.runs.length - 1, second);
    else if (event.key === " ") this.go(this.active, second);
    else if (event.key === "Enter" && !second) this.hooks.enter();
    else if (event.key === "Delete" && this.runs[this.active]) this.hooks.remove(this.runs[this.active].id);
    else return;
    event.preventDefault();
  }

  /** The arrows choose as they go; with Ctrl or Shift they only move, so that Space can choose a second run. */
  step(index, quietly) {
    const at = Math.max(0, Math.min(index, this.runs.length - 1));
    if (quietly) this.point(at);
    else this.go(at, false);
  }

  point(index) {
    this.active = index;
    const top = index * ROW;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + ROW > scrollTop + clientHeight) this.element.scrollTop = top + ROW - clientHeight;
    this.draw();
  }

  go(index, second) {
    const run = this.runs[index];
    if (!run) return;
    this.point(index);
    this.hooks.choose(run.id, { second });
  }

  dispose() {
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
  }
}
