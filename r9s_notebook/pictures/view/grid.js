// Tiles in a grid or a strip: one tab stop, arrows, several chosen at once; of thousands only those in sight are here.

import { button, fill, h, picture } from "../../page/dom.js";
import { isPress, obey } from "../../page/key_tables.js";
import { t, tn, tp } from "../../page/translation.js";
import { ACTIONS, isAble, possible } from "./actions.js";
import { ACT_KEYS, GRID_KEYS } from "./picture_keys.js";
import { isOpenable, showThumb, tile } from "./tile.js";

const MANY = 24; // from here on the grid has a window of its own
const SIDE = 168; // CSS pixels of a tile among many, at least
const GAP = 8;
const CAPTION = 38; // CSS pixels below a tile; the style sheet knows it too
const HEAD = 22; // above a line of a table
const IN_TABLE = [96, 240]; // CSS pixels of a tile, at least and at most
const AHEAD = 600; // CSS pixels above and below the window that are drawn as well
const BLOCK = 100;
const SETTLE_MS = 1000;
const REST_MS = 500; // a finger that rests so long opens the menu
const STIRS = 10; // CSS pixels that it may move by
const SOFT = 1.2; // enlarged by more than this, a thumbnail is seen to be one
const TO = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Grid {
  constructor(book, hands) {
    Object.assign(this, { book, hands });
    this.tiles = new Map(); // by id: {element, item, abilities, drawn, place, among}
    this.picked = new Set();
    this.active = 0; // the tile that Tab enters
    this.sight = { scrollTop: 0, clientHeight: 0, clientWidth: 0 };
    this.list = h("div", { role: "list" });
    this.scroller = h("div", { class: "r9s-gallery-scroller" }, this.list);
    this.bar = h("div", { class: "r9s-picked", role: "toolbar", "aria-label": t("The chosen pictures"), hidden: true });
    this.ear = h("p", { class: "r9s-unseen", role: "status", "aria-live": "polite" });
    this.element = h("div", { class: "r9s-gallery-root" }, this.scroller, this.bar, this.ear);
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("pointerdown", (event) => this.onFinger(event));
    this.bar.addEventListener("keydown", (event) => this.onBarKey(event));
    this.element.addEventListener("r9s-peek", ({ detail }) => this.peek(detail).catch(() => {}));
    this.scroller.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.scroller.addEventListener("pointerdown", (event) => this.onDown(event));
    this.widths = new ResizeObserver(() => this.drawSoon());
    this.widths.observe(this.scroller);
    this.onThumb = ({ detail }) => this.showThumb(detail);
    this.onItems = () => this.drawSoon();
    this.onMarks = () => this.drawMarks();
    book.addEventListener("thumb", this.onThumb);
    book.addEventListener("items", this.onItems);
    book.addEventListener("marks", this.onMarks);
    this.draw();
  }

  get openable() {
    return this.book.items.filter(isOpenable);
  }

  /** What something can be done with; a run of the history without pictures too. */
  get usable() {
    return this.book.items.filter((item) => isOpenable(item) || item.created);
  }

  /** Those that something is done with: the picked ones where this is one of them, else this one alone. */
  chosen(item) {
    return this.picked.size > 1 && this.picked.has(item.id) ? this.usable.filter(({ id }) => this.picked.has(id)) : [item];
  }

  // -- drawing ------------------------------------------------------------------------------------------------------

  drawSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const { items, isStrip, captions, table } = this.book;
    this.many = captions || table || (!isStrip && items.length > MANY);
    const kind = isStrip ? "strip" : this.many ? "many" : "grid";
    this.list.className = `r9s-gallery r9s-gallery-${kind}`;
    this.list.setAttribute("aria-label", this.book.label);
    this.scroller.classList.toggle("r9s-has-window", this.many);
    for (const id of this.picked) if (!this.book.find(id)) this.picked.delete(id);
    // One picture is large, two share a row, a few are a square; many are seen at once.
    this.list.style.setProperty("--r9s-columns", Math.max(1, Math.min(items.length, items.length > 4 ? 4 : 2)));
    const [from, to] = this.many ? this.window(items) : [0, items.length];
    this.put(items, from, to);
    if (table) this.labelTable(table, from, to);
    this.drawMarks();
    this.sharpen();
    if (to >= items.length - this.columns) this.book.readOn?.();
  }

  /** What is in sight. JupyterLab takes an output out of the page for a moment, at a new theme, and nobody is told when
   * it is back at the same size: until then it counts as it was. */
  look() {
    const { scrollTop, clientHeight, clientWidth } = this.scroller;
    if (clientHeight) this.sight = { scrollTop, clientHeight, clientWidth };
    return this.sight;
  }

  /** The range of tiles that are in sight or nearly so; the list is as high as all of them. */
  window(items) {
    const { clientWidth, clientHeight } = this.look();
    const width = clientWidth || SIDE;
    const { table } = this.book;
    this.columns = table ? table.across.length * table.each : Math.max(1, Math.floor((width - GAP) / (SIDE + GAP)));
    const side = Math.floor((width - GAP * (this.columns + 1)) / this.columns);
    this.side = table ? Math.max(IN_TABLE[0], Math.min(IN_TABLE[1], side)) : side;
    this.row = this.side + GAP + (this.book.captions ? CAPTION : 0) + (table ? HEAD : 0);
    this.list.style.minWidth = table ? `${this.columns * (this.side + GAP) + GAP}px` : "";
    this.list.style.height = `${Math.ceil(items.length / this.columns) * this.row + GAP}px`;
    if (this.laid?.items !== items || this.laid.columns !== this.columns) this.keepInPlace(items);
    this.laid = { items, columns: this.columns };
    const { scrollTop } = this.look();
    this.noteTop(scrollTop);
    const from = Math.max(0, Math.floor((scrollTop - AHEAD) / this.row)) * this.columns;
    const to = Math.ceil((scrollTop + (clientHeight || 2 * this.row) + AHEAD) / this.row) * this.columns;
    return [from, Math.min(items.length, to)];
  }

  onScroll() {
    if (this.laid) this.noteTop(this.look().scrollTop);
    this.drawSoon();
  }

  noteTop(scrollTop) {
    const row = Math.round(scrollTop / this.row);
    this.top = { id: this.laid.items[row * this.laid.columns]?.id, beyond: scrollTop - row * this.row };
  }

  /** What is looked at stays in sight when others come above it, or the rows take in more or fewer. */
  keepInPlace(items) {
    const now = items.findIndex((item) => item.id === this.top?.id);
    if (now >= 0 && this.sight.scrollTop) this.scroller.scrollTop = Math.floor(now / this.columns) * this.row + this.top.beyond;
  }

  put(items, from, to) {
    const hadFocus = this.list.contains(document.activeElement);
    this.first = items[from]?.id;
    const wanted = items.slice(from, to);
    // Small pictures are asked for by the hundred: a question for each row would hold up the scrolling.
    if (this.many) items.slice(from - (from % BLOCK), to + BLOCK - (to % BLOCK)).forEach((item) => this.book.thumb(item));
    const now = new Set(wanted.map(({ id }) => id));
    for (const [id, { element }] of this.tiles) {
      if (now.has(id)) continue;
      element.remove();
      this.tiles.delete(id);
    }
    if (!this.many) this.list.style.height = "";
    const { abilities } = this.book;
    wanted.forEach((item, at) => {
      let entry = this.tiles.get(item.id);
      if (entry?.item !== item || entry.abilities !== abilities) {
        const drawn = JSON.stringify(item) + abilities;
        if (entry?.drawn !== drawn) {
          const element = tile(item, { book: this.book, hands: this.hands, grid: this });
          entry?.element.replaceWith(element);
          entry = { element, drawn };
          this.tiles.set(item.id, entry);
          if (item.outlined) this.addOutline(element, item);
        }
        Object.assign(entry, { item, abilities });
      }
      if (this.list.children[at] !== entry.element) this.list.insertBefore(entry.element, this.list.children[at] ?? null);
      const place = this.many ? this.position(from + at) : "";
      const among = `${from + at + 1}/${items.length}/${this.book.more}`;
      if (entry.place === place && entry.among === among) return; // while it scrolls, nearly all of them stay
      Object.assign(entry, { place, among });
      entry.element.setAttribute("aria-posinset", from + at + 1);
      entry.element.setAttribute("aria-setsize", this.book.more ? -1 : items.length);
      entry.element.style.cssText = place;
    });
    if (hadFocus && !this.list.contains(document.activeElement)) this.focus(this.active);
  }

  position(index) {
    const left = GAP + (index % this.columns) * (this.side + GAP);
    const head = this.book.table ? HEAD - GAP : 0;
    const top = GAP + head + Math.floor(index / this.columns) * this.row;
    return `position: absolute; left: ${left}px; top: ${top}px; width: ${this.side}px; height: ${this.row - GAP - (this.book.table ? HEAD : 0)}px`;
  }

  /** What stands above the columns, and above each line that is in sight. */
  labelTable({ across, each, down, name }, from, to) {
    const wide = `width: ${each * (this.side + GAP)}px`;
    this.across ??= this.scroller.insertBefore(h("div", { class: "r9s-across", "aria-hidden": "true" }), this.list);
    this.across.replaceChildren(...across.map((value) => h("span", { style: wide, title: `${name}: ${value}` }, `${name}: ${value}`)));
    for (const label of this.list.querySelectorAll(".r9s-down")) label.remove();
    for (let line = Math.floor(from / this.columns); line < Math.min(down.length, Math.ceil(to / this.columns)); line += 1) {
      this.list.append(h("span", { class: "r9s-down", "aria-hidden": "true", style: `top: ${line * this.row}px` }, down[line]));
    }
  }

  drawMarks() {
    const { items, selected } = this.book;
    this.active = Math.max(0, Math.min(this.active, items.length - 1));
    const meant = this.list.contains(document.activeElement) || selected < 0 ? this.active : selected;
    const stop = this.tiles.has(items[meant]?.id) ? items[meant].id : this.first; // of thousands, it may be out of sight
    for (const [id, { element: { face } }] of this.tiles) { // while it scrolls, nearly all of them stay as they are
      const pressed = String(this.picked.size ? this.picked.has(id) : id === items[selected]?.id);
      const tabIndex = id === stop ? 0 : -1;
      if (face.getAttribute("aria-pressed") !== pressed) face.setAttribute("aria-pressed", pressed);
      if (face.tabIndex !== tabIndex) face.tabIndex = tabIndex;
    }
    this.drawBar();
  }

  drawBar() {
    const items = this.picked.size ? this.usable.filter(({ id }) => this.picked.has(id)) : [];
    const was = this.bar.hidden;
    const chosen = items.length > 1 ? tn("{count} picture chosen", "{count} pictures chosen", items.length) : "";
    if (this.ear.textContent !== chosen) this.ear.textContent = chosen;
    this.bar.hidden = !chosen;
    if (this.bar.hidden && was) return;
    const at = [...this.bar.children].indexOf(document.activeElement);
    const may = possible(this.book.abilities, items).map(({ name }) => name);
    const does = (name, label, drawing) =>
      may.includes(name) && button({ label, drawing, onclick: () => this.hands.do(name, items, { all: this.openable }) });
    this.bar.replaceChildren(
      h("b", { "aria-hidden": "true" }, chosen),
      ...[does("compare", t("Compare"), "compare"), does("download", t("ZIP"), "download"), does("delete", t("Delete"), "bin")].filter(Boolean),
      button({
        drawing: "menu",
        name: t("More"),
        "aria-haspopup": "menu",
        onclick: ({ currentTarget }) => this.hands.menu(currentTarget, items, { all: this.openable }),
      }),
      button({ label: tp("choice", "Clear"), onclick: () => this.pick([]) }),
    );
    this.bar.children[at]?.focus(); // it was drawn anew
  }

  /** Where the mask of the last edit ran, over its result. */
  async addOutline(element, item) {
    const blob = await this.book.outline(item);
    if (blob) element.append(picture(blob, "", { class: "r9s-outline" }));
  }

  /** While it is held, what the chosen picture was made from is seen in its place. */
  async peek(on) {
    const item = this.book.items[Math.max(0, this.book.selected)];
    const source = item && this.book.find(item.against);
    const img = this.tiles.get(item?.id)?.element.face.querySelector("img");
    if (!source || !img) return;
    this.peeking = on;
    const { blob } = await this.book.original(on ? source : item);
    if (this.peeking === on) fill(img, blob);
  }

  showThumb(id) {
    const entry = this.tiles.get(id);
    const item = entry && this.book.find(id);
    if (item) showThumb(entry.element, item, this.book);
    this.sharpen();
  }

  /** A thumbnail that is shown larger than it is: the kernel is asked for as many pixels as are seen, once. */
  sharpen() {
    if (this.many || !this.book.abilities.includes("open")) return; // many are shown smaller than their thumbnails
    for (const [id, { element }] of this.tiles) {
      const img = element.face.querySelector("img");
      const item = this.book.find(id);
      if (!img || !item || !isOpenable(item)) continue;
      if (!img.naturalWidth) {
        img.addEventListener("load", () => this.sharpen(), { once: true });
        continue;
      }
      const seen = Math.min(item.width, Math.round(img.clientWidth * devicePixelRatio));
      const had = Number(img.dataset.width ?? img.naturalWidth);
      if (seen <= had * SOFT) continue;
      img.dataset.width = seen;
      const side = Math.round(seen * Math.max(1, item.height / item.width));
      this.book.sharpen(item, side).catch(() => {}); // gone from the disk: the thumbnail is what is left
    }
  }

  // -- choosing -----------------------------------------------------------------------------------------------------

  /** A click: chooses one; with Ctrl one more or less; with Shift all from the last one to this. */
  press(id, event) {
    const { items } = this.book;
    const index = items.findIndex((item) => item.id === id);
    const several = !this.book.isStrip && this.book.abilities.length;
    if (several && (event.ctrlKey || event.metaKey)) {
      const now = this.picked.size ? new Set(this.picked) : new Set([items[this.book.selected]?.id].filter(Boolean));
      if (!now.delete(id)) now.add(id);
      this.active = index;
      return this.pick([...now]);
    }
    if (several && event.shiftKey) {
      const [from, to] = [this.active, index].sort((a, b) => a - b);
      return this.pick(items.slice(from, to + 1).map((item) => item.id));
    }
    this.pick([]);
    return this.choose(index);
  }

  choose(index) {
    if (this.book.isStrip) holdInPlace(this.list);
    this.active = index;
    this.book.select(index);
  }

  pick(ids) {
    this.picked = new Set(ids);
    this.book.pick(ids);
    this.drawMarks();
  }

  focus(index) {
    const { items } = this.book;
    this.active = Math.max(0, Math.min(index, items.length - 1));
    if (this.many) {
      const top = Math.floor(this.active / this.columns) * this.row;
      const { scrollTop, clientHeight } = this.scroller;
      if (top < scrollTop) this.scroller.scrollTop = top;
      else if (top + this.row > scrollTop + clientHeight) this.scroller.scrollTop = top + this.row + GAP - clientHeight;
      this.draw();
    }
    if (this.book.captions) this.book.select(this.active); // what is known of it stands beside the grid
    this.drawMarks();
    this.tiles.get(items[this.active]?.id)?.element.face.focus({ preventScroll: this.many });
    for (const item of items) {
      const entry = this.tiles.get(item.id);
      if (entry) entry.element.face.tabIndex = item === items[this.active] ? 0 : -1;
    }
  }

  // -- hands --------------------------------------------------------------------------------------------------------

  onKey(event) {
    const id = event.target.closest(".r9s-tile")?.dataset.id;
    const at = this.book.items.findIndex((item) => item.id === id);
    if (at < 0 || (isPress(event) && event.target !== this.tiles.get(id).element.face)) return;
    if (!obey(GRID_KEYS, event, this, at) && !obey(ACT_KEYS, event, this, at)) return;
    event.preventDefault(); // JupyterLab would move to another cell, or run this one
    event.stopPropagation();
  }

  /** In the bar over the grid: what is chosen can be changed there, too. */
  onBarKey(event) {
    const had = this.picked.size;
    if (isPress(event) || !obey(GRID_KEYS.filter(({ inBar }) => inBar), event, this, this.active)) return;
    event.preventDefault();
    event.stopPropagation();
    if (had && !this.picked.size) this.focus(this.active);
  }

  pickAll() {
    if (!this.book.abilities.length) return false;
    return this.pick(this.usable.map((item) => item.id));
  }

  pickNone() {
    return this.picked.size > 0 && this.pick([]);
  }

  /** A step of the arrow keys; with Shift, where it leads is chosen as well. */
  go(at, { key, shiftKey }) {
    const { items, abilities } = this.book;
    const next = key === "Home" ? 0 : key === "End" ? items.length - 1 : at + TO[key][0] + TO[key][1] * this.perRow();
    if (shiftKey && abilities.length) {
      const before = this.picked.size ? this.picked : new Set([items[at].id]);
      this.pick([...before, items[Math.max(0, Math.min(next, items.length - 1))].id]);
    }
    this.focus(next);
  }

  /** So many tiles stand in a row; in a strip the arrows up and down go on by one. */
  perRow() {
    if (this.many) return this.columns;
    const tops = [...this.list.children].map((element) => element.offsetTop);
    const first = tops.filter((top) => top === tops[0]).length;
    return first === tops.length ? 1 : first;
  }

  menu(at, { target }) {
    this.hands.menu(target, this.chosen(this.book.items[at]), { all: this.openable });
  }

  /** What a key does with a picture, or with all that are chosen; false where it can do nothing. */
  performs(name, at, { target }) {
    const { items, abilities, selected } = this.book;
    const action = ACTIONS.find((one) => one.name === name);
    const opens = isOpenable(items[at]) && abilities.includes("open");
    if (name === "open" && (!opens || (!abilities.includes("mark") && at !== selected))) return this.choose(at);
    if (!isAble(abilities, action) || !(opens || action.bare)) return false;
    return void this.hands.do(name, this.chosen(items[at]), { all: this.openable, anchor: target });
  }

  rates(rating, at) {
    const { items, abilities } = this.book;
    if (!abilities.includes("mark") || !abilities.includes("open") || !isOpenable(items[at])) return false;
    return void this.hands.rate(this.chosen(items[at]), rating);
  }

  /** A finger that rests on a tile opens its menu; lifted then, it chooses nothing. */
  onFinger(event) {
    const { clientX, clientY, pointerType } = event;
    const tile = event.target.closest(".r9s-tile-face")?.parentElement;
    const item = tile && this.book.find(tile.dataset.id);
    if (pointerType !== "touch" || !item) return;
    const stop = new AbortController();
    const listen = (target, name, heard) => target.addEventListener(name, heard, { signal: stop.signal, capture: true });
    const timer = setTimeout(() => {
      if (!this.hands.menu(tile, this.chosen(item), { all: this.openable })) return;
      listen(tile, "click", (click) => click.stopPropagation());
    }, REST_MS);
    const lifted = () => clearTimeout(timer);
    for (const name of ["pointerup", "pointercancel"]) listen(window, name, lifted);
    listen(window, "pointermove", (now) => Math.hypot(now.clientX - clientX, now.clientY - clientY) > STIRS && lifted());
    listen(tile, "contextmenu", (menu) => menu.preventDefault()); // the host's, at the same moment
    listen(window, "pointerdown", () => stop.abort());
  }

  /** A box drawn over the ground between the tiles picks those that it touches. */
  onDown(event) {
    if (event.button || event.pointerType === "touch" || event.target.closest(".r9s-tile") || !this.book.abilities.length) return;
    const box = h("div", { class: "r9s-box" });
    const start = { x: event.clientX, y: event.clientY + this.scroller.scrollTop };
    const stop = new AbortController();
    const move = (now) => {
      const y = now.clientY + this.scroller.scrollTop;
      const area = new DOMRect(Math.min(start.x, now.clientX), Math.min(start.y, y) - this.scroller.scrollTop, Math.abs(now.clientX - start.x), Math.abs(y - start.y));
      if (!box.isConnected && area.width + area.height > 8) document.body.append(box);
      box.style.cssText = `left: ${area.x}px; top: ${area.y}px; width: ${area.width}px; height: ${area.height}px`;
      if (!box.isConnected) return;
      const touched = [...this.tiles].filter(([, { element }]) => {
        const tile = element.getBoundingClientRect();
        return tile.left < area.right && tile.right > area.left && tile.top < area.bottom && tile.bottom > area.top;
      });
      this.pick(touched.map(([id]) => id));
    };
    addEventListener("pointermove", move, { signal: stop.signal });
    for (const name of ["pointerup", "pointercancel"]) {
      addEventListener(name, () => (box.remove(), stop.abort()), { signal: stop.signal });
    }
  }

  dispose() {
    this.widths.disconnect();
    cancelAnimationFrame(this.frame);
    this.book.removeEventListener("thumb", this.onThumb);
    this.book.removeEventListener("items", this.onItems);
    this.book.removeEventListener("marks", this.onMarks);
  }
}

function scrollerOf(element) {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(at).overflowY);
    if (scrolls && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement;
}

// What was clicked stays under the pointer while the page above it takes its new height.
function holdInPlace(element) {
  const scroller = scrollerOf(element);
  const top = element.getBoundingClientRect().top;
  const stop = new AbortController();
  const scale = scroller.getBoundingClientRect().width / scroller.offsetWidth || 1; // of a page that is shown larger
  const hold = () => (scroller.scrollTop += (element.getBoundingClientRect().top - top) / scale);
  const growing = new ResizeObserver(hold);
  growing.observe(element.closest(".r9s-studio") ?? element);
  stop.signal.addEventListener("abort", () => growing.disconnect());
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(name, () => stop.abort(), { capture: true, passive: true, signal: stop.signal });
  }
  setTimeout(() => stop.abort(), SETTLE_MS);
}
