// The pictures of a gallery on this side of the wire: small ones are kept, originals fetched when they are looked at.

import { Answer, Wire } from "../../page/wire.js";

const ORIGINALS = 12; // so many stay at hand: looking back and forth costs nothing
const THUMBS = 2000; // those that were wanted last; the others are asked for again

// Of all galleries of the page, by what is in them, as long as one has them: the same picture crosses once.
const versions = (globalThis[Symbol.for("r9s_small")] ??= new Map());

const NONE = [];

const keyOf = (item) => `${item.id}:${item.v}`;

export class Book extends EventTarget {
  /**
   * Views listen for `"items"`, `"marks"` (another one is chosen), `"thumb"` (`detail` is an item's id) and `"slow"`
   * (`detail`: whether the kernel is).
   */
  constructor(model) {
    super();
    this.model = model;
    this.items = [];
    this.elsewhere = []; // fetched by the run, wherever it is
    this.thumbs = new Map();
    this.wanted = new Map();
    this.originals = new Map();
    this.outlines = new Map();
    this.wire = new Wire(model, {
      onMessage: (content, buffers) => this.hear(content, buffers),
      onSlow: (slow) => this.dispatchEvent(new CustomEvent("slow", { detail: slow })),
    });
  }

  hear(content, buffers) {
    if (content.type === "thumbs") this.keep(new Answer(content, buffers));
  }

  tell(what) {
    this.dispatchEvent(new Event(what));
  }

  get abilities() {
    return this.model.get("abilities");
  }

  /** Pictures that some of the gallery's are compared with. */
  get beside() {
    return NONE;
  }

  /** A picture of the gallery, or one that belongs to it otherwise. */
  find(id) {
    const lists = [this.elsewhere, this.beside, this.items]; // the last of them counts; whatever changes, it is another list
    if (lists.some((list, at) => list !== this.found?.lists[at])) {
      this.found = { lists, byId: new Map(lists.flatMap((list) => list.map((item) => [item.id, item]))) };
    }
    return this.found.byId.get(id);
  }

  /** Shows at once what the kernel is about to say of some pictures. */
  patch(items, changes) {
    const ids = new Set(items.map(({ id }) => id));
    const patched = (item) => (ids.has(item.id) ? { ...item, ...changes } : item);
    this.items = this.items.map(patched);
    this.elsewhere = this.elsewhere.map(patched);
    this.tell("items");
  }

  ask(question, fields) {
    return this.wire.ask(question, fields);
  }

  /** The pictures of any run of the history, one that is not in the gallery too. */
  async run(id) {
    const answer = await this.ask("run", { id });
    this.elsewhere = answer.items.filter((item) => !this.items.some((one) => one.id === item.id));
    this.keep(answer);
    return answer.items.map((item) => this.find(item.id));
  }

  /** An item's small picture, where it is here; else it is asked for, once. */
  thumb(item) {
    const key = keyOf(item);
    const here = this.thumbs.get(key) ?? versions.get(item.v)?.deref();
    if (here) {
      this.thumbs.delete(key); // and in again, as the last one wanted
      this.thumbs.set(key, here);
    } else if (item.v && !this.wanted.has(key)) {
      if (!this.wanted.size) queueMicrotask(() => this.fetchThumbs());
      this.wanted.set(key, item.id);
    }
    return here ?? null;
  }

  async fetchThumbs() {
    const asked = new Map(this.wanted);
    try {
      this.keep(await this.ask("thumbs", { ids: [...asked.values()] }));
    } catch {
      // Tiles without pictures still say what they are.
    }
    for (const key of asked.keys()) this.wanted.delete(key);
    if (this.wanted.size) this.fetchThumbs();
  }

  keep(answer) {
    for (const [key, named] of Object.entries(answer.thumbs)) {
      const blob = answer.blob(named);
      if (!blob) continue;
      const at = key.lastIndexOf(":");
      this.thumbs.set(key, blob);
      versions.set(key.slice(at + 1), new WeakRef(blob));
      this.dispatchEvent(new CustomEvent("thumb", { detail: key.slice(0, at) }));
    }
    for (const kept of [this.thumbs, versions]) {
      for (const key of kept.keys()) {
        if (kept.size <= THUMBS) break;
        kept.delete(key);
      }
    }
  }

  /** Puts a sharper picture in place of an item's small one, as wide as it is seen. */
  async sharpen(item, side) {
    const answer = await this.ask("sharpen", { id: item.id, side });
    if (!answer.sharp || !this.thumbs.has(keyOf(item))) return;
    this.thumbs.set(keyOf(item), answer.blob(answer.sharp));
    this.dispatchEvent(new CustomEvent("thumb", { detail: item.id }));
  }

  /** An item's file, as the service sent it: `{blob, name}`. Fails with a Trouble where it is gone. */
  original(item) {
    const key = keyOf(item);
    const found = this.originals.get(key) ?? this.fetchOriginal(item);
    this.originals.delete(key);
    this.originals.set(key, found); // the last used is the last to go
    if (this.originals.size > ORIGINALS) this.originals.delete(this.originals.keys().next().value);
    return found;
  }

  async fetchOriginal(item) {
    try {
      const answer = await this.ask("original", { id: item.id });
      return { blob: answer.blob(answer.original), name: answer.name };
    } catch (error) {
      this.originals.delete(keyOf(item)); // it is asked again another time
      throw error;
    }
  }

  /** Where the mask of an edit ran, as a picture to lay over its result; null where it had none. */
  outline({ id }) {
    if (!this.outlines.has(id)) {
      const asked = this.ask("outline", { id }).then((answer) => answer.blob(answer.outline));
      this.outlines.set(id, asked.catch(() => (this.outlines.delete(id), null)));
    }
    return this.outlines.get(id);
  }

  dispose() {
    this.wire.dispose();
    this.thumbs.clear();
    this.originals.clear();
  }
}

/** Pictures that the kernel shows: it says which there are, and hears which one is chosen. */
export class Shown extends Book {
  constructor(model) {
    super(model);
    this.take = () => {
      this.items = model.get("items");
      this.tell("items");
    };
    this.mark = () => this.tell("marks");
    this.draw = () => this.tell("items");
    model.on("change:items", this.take);
    model.on("change:selected", this.mark);
    model.on("change:arrangement change:label change:abilities", this.draw);
    this.take();
    model.send({ type: "here" }); // from now on the kernel sends small pictures with their tiles
  }

  get beside() {
    return this.model.get("beside");
  }

  get label() {
    return this.model.get("label");
  }

  get isStrip() {
    return this.model.get("arrangement") === "strip";
  }

  /** The place of the one that is chosen, -1 for none. */
  get selected() {
    return this.model.get("selected");
  }

  select(index) {
    this.model.set("selected", index);
    this.model.save_changes();
    this.model.send({ type: "choose", index });
    this.tell("marks");
  }

  /** The ids of those that something is to be done with. */
  pick(ids) {
    this.model.set("picked", ids);
    this.model.save_changes();
  }

  dispose() {
    this.model.off("change:items", this.take);
    this.model.off("change:selected", this.mark);
    this.model.off("change:arrangement change:label change:abilities", this.draw);
    super.dispose();
  }
}
