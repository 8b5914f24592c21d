// What is known of a picture, beside it: its words, note, family and facts; of two pictures, what sets them apart.

import { button, h, icon, masked, words } from "../../page/dom.js";
import { t, tp } from "../../page/translation.js";
import { STATUSES, whenShort } from "../../page/words.js";
import { differencesOf } from "./differences.js";
import { familyTree } from "./tree.js";

const SHOW_AFTER_MS = 90; // the arrows may go past many pictures: only the one they rest on is asked about

export class Sheet {
  /** `say(text)` tells how it went, `openRun(id)` shows another run of the family, `used()` is told that the draft is new. */
  constructor(book, hands, { say, openRun, used = () => {} }) {
    Object.assign(this, { book, hands, say, openRun, used, key: null });
    this.element = h("aside", { class: "r9s-factsheet", "aria-label": t("What is known of it") });
  }

  /** Shows a picture soon, or what sets it apart from another one; a later call replaces an earlier one. */
  show(item, other = null) {
    const key = JSON.stringify([item?.id, other?.id]);
    if (this.key === key) return;
    this.saveNote();
    this.key = key;
    clearTimeout(this.timer);
    this.element.inert = Boolean(item) && this.drawn !== key; // what stands there is another picture's
    if (item) this.timer = setTimeout(() => this.load(item, other, key), SHOW_AFTER_MS);
    else this.element.replaceChildren(h("p", { class: "r9s-factsheet-empty" }, t("Choose a picture to see all that is known of it.")));
  }

  /** What is shown is asked for again: it has changed. */
  again() {
    this.key = null;
  }

  async load(item, other, key) {
    try {
      const apart = other ? await this.book.ask("differences", { id: other.id, other: item.id }) : null;
      const answer = await this.book.ask("words", { id: item.id });
      if (this.key !== key) return;
      this.draw(item, answer, apart);
      if (!apart && this.book.abilities.includes("family")) await this.loadFamily(item, key);
    } catch (error) {
      if (this.key === key) {
        this.element.replaceChildren(h("p", { class: "r9s-factsheet-empty" }, error.message));
        this.element.inert = false;
      }
      this.say(error.message);
    }
  }

  async loadFamily(item, key) {
    const answer = await this.book.ask("family", { id: item.id });
    const tree = this.key === key && familyTree(answer, answer.current, this.openRun);
    if (!tree) return;
    this.family.append(h("h4", {}, t("Family of edits")), tree);
    tree.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  draw(item, answer, apart) {
    this.family = h("section", { class: "r9s-family" });
    const keeps = this.book.abilities.includes("mark");
    this.note = h("textarea", {
      rows: "2",
      dir: "auto",
      "aria-label": t("Note"),
      placeholder: t("A note of your own; it is searched too"),
      onchange: () => this.saveNote(),
    });
    this.noting = { item, text: answer.note ?? "" };
    this.note.value = this.noting.text;
    const failed = answer.status && answer.status !== "succeeded";
    const parts = [
      apart && h("section", { "aria-label": t("What sets the two apart") }, differencesOf(apart)),
      answer.created && words(headline(answer), "p", { class: "r9s-about" }),
      words(answer.prompt || t("(no words)"), "p", { class: "r9s-factsheet-prompt", tabindex: "0" }),
      failed && h("div", { class: "r9s-outcome", "data-status": answer.status }, words(answer.failure || `${STATUSES[answer.status]}.`)),
      this.book.abilities.includes("edit") && this.actions(item, answer),
      answer.beginning && origin(answer),
      this.family,
      keeps && h("label", { class: "r9s-note" }, h("h4", {}, t("Note")), this.note),
      factList(answer.facts),
      "code" in answer && codeOf(answer),
    ];
    this.element.replaceChildren(...parts.filter(Boolean));
    this.element.scrollTop = 0;
    this.element.inert = false;
    this.drawn = this.key;
    if (this.writes) this.focusNote();
  }

  /** What of it can be taken into the draft, or away as Python. */
  actions(item) {
    const use = (label, name, fields, said) =>
      button({ label, name, onclick: () => this.use(item, fields, said), kind: fields.length > 1 ? "r9s-main" : "" });
    return h(
      "div",
      { class: "r9s-factsheet-actions", role: "group", "aria-label": t("What to do with its words") },
      use(t("Use all"), t("Use all: prompt, parameters and source"), ["prompt", "params", "source"], t("All of it is in the form.")),
      use(t("Prompt"), t("Use the prompt only"), ["prompt"], t("The prompt is in the form.")),
      use(t("Parameters"), t("Use the parameters only"), ["params"], t("The parameters are in the form.")),
      button({ drawing: "code", name: t("Copy code: the Python that makes it again"), onclick: () => this.hands.do("copy-code", [item]) }),
    );
  }

  async use(item, fields, said) {
    try {
      await this.hands.act("use", item, said, { fields });
      this.used();
    } catch (error) {
      this.say(error.message);
    }
  }

  /** Puts the cursor into the note, as soon as it is here. */
  focusNote() {
    this.writes = !this.note?.isConnected || this.noting.item.id !== JSON.parse(this.key)[0];
    if (!this.writes) this.note.focus();
  }

  /** Keeps what was written before anything else is shown. */
  saveNote() {
    const { item, text } = this.noting ?? {};
    if (!this.note?.isConnected || this.note.value === text) return;
    this.noting.text = this.note.value;
    this.hands.mark([item], { note: this.note.value, noted: Boolean(this.note.value.trim()) }, t("The note is kept.")).catch((error) => this.say(error.message));
  }

  dispose() {
    clearTimeout(this.timer);
    this.saveNote();
  }
}

/** One line about a run: when, by which model, how large. */
const headline = (run) => [whenShort(run.created), run.kind === "edit" && tp("kind of run", "Edit"), run.model, run.size].filter(Boolean).join(" · ");

/** Where an edit began: its source, with the mask in ink. */
function origin(answer) {
  const inked = Boolean(answer.beginning.mask);
  const alt = inked ? t("The source of this edit; what was to change is in ink") : t("The source of this edit");
  const caption = h("figcaption", { "aria-hidden": "true" }, icon("back"), inked ? t("made from this, where it is in ink") : t("made from this"));
  return h("figure", { class: "r9s-origin" }, masked(answer, answer.beginning, alt), caption);
}

function codeOf({ code, why_no_code: why }) {
  const text = code ? h("pre", { class: "r9s-factsheet-code", tabindex: "0" }, code) : h("p", {}, why);
  return h("details", {}, h("summary", {}, t("The Python that makes it again")), text);
}

function factList(facts) {
  const rows = facts.map(({ name, value }) => h("div", {}, h("dt", {}, name), words(value, "dd")));
  return h("dl", { class: "r9s-facts" }, rows);
}
