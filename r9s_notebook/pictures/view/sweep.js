// A sweep: what it will send and cost, its buttons, how far it is, and its grid, labelled by what varies.

import { button, h } from "../../page/dom.js";
import { number, t, tn } from "../../page/translation.js";
import { visitorSecret } from "../../page/visitor.js";
import { Book } from "./book.js";
import { Grid } from "./grid.js";
import { Hands } from "./hands.js";
import { Vote } from "./vote.js";

const MOST_ACROSS = 12; // of more, a table would be wider than it can be read

/** The pictures of a sweep, and the places of those that are still to come. */
class Swept extends Book {
  constructor(model) {
    super(model);
    const axes = model.get("axes");
    const images = model.get("images");
    const last = axes.at(-1);
    Object.assign(this, { label: t("Pictures of the sweep"), id: null, places: [] });
    if (axes.length > 1 && last.values.length * images <= MOST_ACROSS) {
      const lines = axes.slice(0, -1).reduce((all, { values }) => all.flatMap((one) => values.map((value) => [...one, value])), [[]]);
      this.table = { across: last.values, each: images, down: lines.map((line) => line.join(" · ")), name: last.name };
    } else {
      this.captions = true;
    }
  }

  hear(content, buffers) {
    if (content.type === "slots") this.take(content.slots);
    else super.hear(content, buffers);
  }

  /** All slots, a page at a time. */
  async load() {
    for (let from = 0; from < this.model.get("calls"); ) {
      const { slots } = await this.ask("slots", { from });
      if (!slots.length) return;
      this.take(slots);
      from += slots.length;
    }
  }

  take(slots) {
    for (const { number, items } of slots) this.places[number] = items;
    this.items = this.places.flat();
    this.tell("items");
  }

  get selected() {
    return this.items.findIndex((item) => item.id === this.id);
  }

  select(index) {
    this.id = this.items[index]?.id ?? null;
    this.tell("marks");
  }

  pick() {}

  async ask(question, fields) {
    const answer = await super.ask(question, fields);
    if (question === "delete" || question === "undelete") this.load();
    return answer;
  }
}

export class SweepPage {
  constructor(model, root, { told, say, onSlow, viewing }) {
    Object.assign(this, { model, say });
    const book = (this.book = new Swept(model));
    this.viewer = viewing(book, root, () => this.grid);
    this.hands = new Hands(book, { say, look: this.viewer.look });
    this.grid = new Grid(book, this.hands);
    this.title = h("div", { class: "r9s-sweep-title" }, this.what());
    this.buttons = h("span", { class: "r9s-sweep-buttons", role: "group", "aria-label": t("The sweep") });
    this.bar = h("div", { class: "r9s-sweep-bar", role: "progressbar", "aria-label": t("Calls that have ended"), "aria-valuemin": "0", "aria-valuemax": String(model.get("calls")) }, h("i"), h("i"));
    this.status = h("p", { class: "r9s-sweep-status" });
    this.ear = h("p", { class: "r9s-unseen", role: "status", "aria-live": "polite" }); // when it begins, rests and ends
    root.classList.add("r9s-sweep");
    root.append(h("div", { class: "r9s-sweep-head" }, this.title, this.buttons), this.bar, this.status, this.ear, this.grid.element, told);
    book.addEventListener("slow", onSlow);
    this.onProgress = () => this.draw();
    model.on("change:progress", this.onProgress);
    this.draw();
    const known = model.get("has_visitors") ? book.ask("visitor", { secret: visitorSecret() }) : Promise.resolve();
    known.then(() => book.load()).catch((error) => say(error.message));
  }

  what() {
    const axes = this.model.get("axes");
    const calls = this.model.get("calls");
    const images = calls * this.model.get("images");
    const varies = axes.map(({ name, values }) => `${name} (${number(values.length)})`).join(" × ");
    return [h("b", {}, tn("{count} call", "{count} calls", calls)), h("span", {}, [varies, images > calls && tn("{count} image", "{count} images", images)].filter(Boolean).join(" · "))];
  }

  draw() {
    const now = this.model.get("progress");
    const calls = this.model.get("calls");
    const ended = now.done + now.failed + now.cancelled;
    this.bar.setAttribute("aria-valuenow", String(ended));
    const [good, bad] = this.bar.children;
    good.style.width = `${(100 * now.done) / calls}%`;
    bad.style.width = `${(100 * (now.failed + now.cancelled)) / calls}%`;
    const text = this.words(now, calls);
    if (this.status.textContent !== text) this.status.textContent = text;
    const turn = JSON.stringify([now.going, now.paused, now.failed > 0, now.why]);
    if (this.heard !== turn) this.ear.textContent = text;
    this.heard = turn;
    const keys = JSON.stringify([now.going, now.paused, now.waiting > 0, now.failed + now.cancelled > 0, now.done > 0]);
    if (this.drawn === keys) return;
    this.drawn = keys;
    const does = (label, what, kind = "") => button({ label, kind, onclick: () => this.do(what) });
    const failed = now.failed + now.cancelled;
    const shown = now.going
      ? [now.paused ? does(t("Resume"), "resume", "r9s-main") : does(t("Pause"), "pause"), does(t("Cancel"), "cancel")]
      : [now.waiting > 0 && does(now.done + failed ? t("Go on") : tn("Start {count} call", "Start {count} calls", calls), "start", "r9s-main"), failed > 0 && does(t("Retry failed"), "retry")];
    if (!now.going && now.done) shown.push(this.over(t("Choose"), "keep", "cull"), this.over(t("Export"), "download", "export"));
    if (!now.going && now.done > 1 && this.model.get("axes").length) shown.push(button({ label: t("Vote blind"), drawing: "compare", onclick: () => this.vote() }));
    const had = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren(...shown.filter(Boolean));
    if (had) this.buttons.firstElementChild?.focus();
  }

  /** How far it is, in words. */
  words(now, calls) {
    const dollars = (value) => t("${amount}", { amount: number(value, { minimumFractionDigits: 2, maximumFractionDigits: 4 }) });
    const costs = now.estimate === null ? t("what it costs is not known") : t("costs {dollars}", { dollars: dollars(now.estimate) });
    const most = now.most !== null && t("at most {dollars}", { dollars: dollars(now.most) });
    if (!now.going && now.waiting === calls) return t("Nothing is sent yet; {costs}.", { costs: [costs, most].filter(Boolean).join(", ") });
    const parts = [
      t("{done} of {calls} done", { done: number(now.done), calls: number(calls) }),
      now.failed && t("{calls} failed", { calls: number(now.failed) }),
      now.cancelled && t("{calls} cancelled", { calls: number(now.cancelled) }),
      now.running && t("{calls} under way", { calls: number(now.running) }),
      now.going && !now.paused && now.rate && t("{calls} a second", { calls: number(now.rate, { maximumSignificantDigits: 2 }) }),
      now.left && !now.paused && t("about {duration} left", { duration: duration(now.left) }),
      now.spent && t("{dollars} so far", { dollars: dollars(now.spent) }),
      now.paused && t("paused"),
    ];
    return `${parts.filter(Boolean).join(", ")}.${now.why ? ` ${now.why}` : ""}`;
  }

  /** A button for all pictures that have come: to keep or reject one after the other, or to take them away. */
  over(label, drawing, what) {
    const onclick = () => {
      const items = this.grid.openable;
      if (what === "cull") this.viewer.look(items, 0, "cull");
      else this.hands.do(what, items);
    };
    return button({ label, drawing, onclick });
  }

  /** Pictures that differ only in who or what made them, without a word of which is which. */
  vote() {
    const axis = this.model.get("voted");
    const groups = new Map();
    for (const item of this.grid.openable) {
      const others = JSON.stringify(Object.entries(item.has).filter(([name]) => name !== axis));
      groups.set(others, [...(groups.get(others) ?? []), item]);
    }
    const several = [...groups.values()].filter((group) => group.length > 1);
    if (!several.length) return this.say(t("There is nothing to vote on: no two pictures differ in one thing only."));
    const tally = () => this.book.ask("tally", {});
    const done = () => this.grid.focus(this.grid.active);
    return new Vote(this.book, this.hands, several, { root: this.grid.element.parentElement, tally, done });
  }

  do(what) {
    this.book.ask("do", { what }).catch((error) => this.say(error.message));
  }

  dispose() {
    this.model.off("change:progress", this.onProgress);
    this.viewer.dispose();
    this.grid.dispose();
    this.book.dispose();
  }
}

function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${number(seconds / 3600, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} h`;
}
