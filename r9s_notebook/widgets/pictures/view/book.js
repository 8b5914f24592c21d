// The pictures of a gallery on this side of the wire: small ones are kept, originals fetched when they are looked at.

import { Answer, Wire } from "../../page/wire.js";

const ORIGINALS = 12; // so many stay at hand: looking back and forth costs nothing

const keyOf = (item) => `${item.id}:${item.v}`;

export class Book extends EventTarget {
  /** Views listen for `"items"`, `"thumb"` (`detail` is an item's id) and `"slow"` (`detail`: whether the kernel is). */
  constructor(model) {
    super();
    this.model = model;
    this.thumbs = new Map();
    this.wanted = new Map();
    this.originals = new Map();
    this.take = () => {
      this.items = model.get("items");
      this.dispatchEvent(new Event("items"));
    };
    model.on("change:items", this.take);
    this.take();
    model.send({ type: "here" }); // from now on the kernel sends small pictures with their tiles
    this.wire = new Wire(model, {
      onMessage: (content, buffers) => content.type === "thumbs" && this.keep(new Answer(content, buffers)),
      onSlow: (slow) => this.dispatchEvent(new CustomEvent("slow", { detail: slow })),
    });
  }

  get abilities() {
    return this.model.get("abilities");
  }

  /** A picture of the gallery, or one that some of its pictures are compared with. */
  find(id) {
    return [...this.items, ...this.model.get("beside")].find((item) => item.id === id);
  }

  /** Shows at once what the kernel is about to say of some pictures. */
  patch(items, changes) {
    const ids = new Set(items.map(({ id }) => id));
    this.items = this.items.map((item) => (ids.has(item.id) ? { ...item, ...changes } : item));
    this.dispatchEvent(new Event("items"));
  }

  ask(question, fields) {
    return this.wire.ask(question, fields);
  }

  /** An item's small picture, where it is here; else it is asked for, once. */
  thumb(item) {
    const here = this.thumbs.get(keyOf(item));
    if (here || !item.v || this.wanted.has(keyOf(item))) return here ?? null;
    if (!this.wanted.size) queueMicrotask(() => this.fetchThumbs());
    this.wanted.set(keyOf(item), item.id);
    return null;
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
      this.thumbs.set(key, answer.blob(named));
      this.dispatchEvent(new CustomEvent("thumb", { detail: key.slice(0, key.lastIndexOf(":")) }));
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

  dispose() {
    this.model.off("change:items", this.take);
    this.wire.dispose();
    this.thumbs.clear();
    this.originals.clear();
  }
}
