// What is done with pictures, whoever asks for it: a tile, the viewer, a key, a menu.

import { readable } from "../../page/key_names.js";
import { t, tn } from "../../page/translation.js";
import { countedPictures } from "../../page/words.js";
import { ACTIONS, REJECTED, possible, spokenRating } from "./actions.js";
import { openMenu } from "./menu.js";

export class Hands {
  /**
   * `say(text, {label, act})` tells how it went, with a way back; `look(items, index, mode)` opens the viewer.
   */
  constructor(book, { say, look }) {
    this.book = book;
    this.say = say;
    this.look = look;
  }

  /** Does what an action's name says with some items, and says whether it could; `all` are those around the first, `anchor` is where it was asked. */
  async do(name, items, { all = items, anchor = null, root } = {}) {
    if (!items.length) return false;
    const action = ACTIONS.find((one) => one.name === name);
    if (action.one && items.length > 1) {
      this.say(t("{action}: choose one picture only.", { action: action.label }));
      return false;
    }
    try {
      await this[name.replace(/-./g, ([, letter]) => letter.toUpperCase())](items, { all, anchor, root });
      return true;
    } catch (error) {
      this.say(error.message);
      return false;
    }
  }

  /** Opens the menu of what can be done; gives nothing where that is nothing. */
  menu(anchor, items, { all = items, root } = {}) {
    const entries = possible(this.book.abilities, items).map(({ name, label, key, drawing }) => ({
      label,
      drawing,
      hint: key?.length > 1 ? readable(key) : key,
      act: () => this.do(name, items, { all, anchor, root }),
    }));
    if (!entries.length) return null;
    return openMenu(anchor, entries, { root, name: items.length > 1 ? countedPictures(items.length) : t("What to do with it") });
  }

  async mark(items, changes, said) {
    this.book.patch(items, changes);
    this.say(said);
    await this.book.ask("mark", { ids: items.map(({ id }) => id), ...changes });
  }

  rate(items, rating) {
    const words = items.length > 1 ? t("{pictures}: {rating}.", { pictures: countedPictures(items.length), rating: spokenRating(rating) }) : spokenRating(rating);
    return this.mark(items, { rating }, words).catch((error) => this.say(error.message));
  }

  // -- one function for each action -----------------------------------------------------------------------------------

  open([item], { all }) {
    this.look(all, placeOf(item, all), "view");
  }

  compare(items, { all }) {
    const at = placeOf(items[0], all);
    const before = this.book.find(items[0].against) ?? all[at - 1] ?? all[at + 1];
    const chosen = items.length > 1 ? items : [before, items[0]].filter(Boolean);
    if (chosen.length < 2) return this.say(t("There is nothing to compare it with: choose two pictures, with Ctrl."));
    this.look(chosen, chosen.length - 1, "slider");
  }

  edit([item]) {
    return this.act("edit", item, t("The picture is ready to be painted over."));
  }

  async vary(items) {
    for (const item of items) await this.act("vary", item, items.length > 1 ? t("Sent again, each with a new seed.") : null);
  }

  use([item]) {
    return this.act("use", item, t("Its prompt and parameters are in the form."));
  }

  async act(question, item, said, fields = {}) {
    const answer = await this.book.ask(question, { id: item.id, ...fields });
    this.say(answer.said ?? said ?? "");
  }

  favourite(items) {
    const value = !items.every(({ favourite }) => favourite);
    return this.mark(items, { favourite: value }, value ? t("Marked as a favourite.") : t("No longer a favourite."));
  }

  reject(items) {
    const back = items.every(({ rating }) => rating === REJECTED);
    return this.rate(items, back ? 0 : REJECTED);
  }

  cull(items, { all }) {
    if (items.length > 1) this.look(items, 0, "cull");
    else this.look(all, placeOf(items[0], all), "cull");
  }

  note([item], { all }) {
    this.look(all, placeOf(item, all), "note");
  }

  async download(items) {
    if (items.length > 1) {
      return this.pack("zip", items);
    }
    const { blob, name } = await this.book.original(items[0]);
    return save(blob, name);
  }

  export(items) {
    return this.pack("export", items);
  }

  async pack(question, items) {
    this.say(tn("Packing {count} picture …", "Packing {count} pictures …", items.length));
    const answer = await this.book.ask(question, { ids: items.map(({ id }) => id) });
    save(answer.blob(answer.zip), answer.name);
    this.say("");
  }

  async copyPicture([item]) {
    if (!navigator.clipboard?.write) throw new Error(t("This page may not copy pictures: it needs https. Download it."));
    // The promise goes into the item: a browser asks that the copy begins with the key, not after it.
    const png = this.book.original(item).then(({ blob }) => (blob.type === "image/png" ? blob : asPng(blob)));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    this.say(t("The picture is copied."));
  }

  async copyPrompt([item]) {
    const { prompt } = await this.book.ask("words", { id: item.id });
    await this.copyText(prompt, t("The prompt is copied."));
  }

  async copyCode([item]) {
    const { code, why_no_code: why } = await this.book.ask("words", { id: item.id });
    if (!code) throw new Error(why);
    await this.copyText(code, t("The Python that makes it again is copied."));
  }

  async copyText(text, said) {
    if (!navigator.clipboard) throw new Error(t("This page may not copy: it needs https. The text is beside the picture (I)."));
    await navigator.clipboard.writeText(text);
    this.say(said);
  }

  async again([item], { anchor, root }) {
    const { choices } = await this.book.ask("choices", { id: item.id });
    if (!choices.length) throw new Error(t("This model offers no other size or quality."));
    const entries = choices.map(({ name, value }) => ({
      label: `${name}: ${value}`,
      act: () => this.sendAgain(item, { [name]: value }),
    }));
    openMenu(anchor ?? document.activeElement, entries, { root, name: t("Same seed, another size or quality") });
  }

  sendAgain(item, changes) {
    return this.book.ask("again", { id: item.id, changes }).then(
      ({ said }) => this.say(said),
      (error) => this.say(error.message),
    );
  }

  async delete(items) {
    const { token } = await this.book.ask("delete", { ids: items.map(({ id }) => id) });
    const act = () =>
      this.book.ask("undelete", { token }).then(
        () => this.say(t("They are back.")),
        (error) => this.say(error.message),
      );
    this.say(tn("Deleted {count} picture.", "Deleted {count} pictures.", items.length), { label: t("Undo"), act });
  }
}

/** By the id: what is said of a picture changes, and then it is another object. */
const placeOf = (item, all) => all.findIndex(({ id }) => id === item.id);

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser reads it after the click
}

async function asPng(blob) {
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
