// One run with all that can be done with it; or two of them, side by side.

import { comparison } from "./comparison.js";
import { button, h, icon, words } from "../../page/dom.js";
import { factList, headline, origin, outcome, pictures } from "./facts.js";
import { familyTree } from "./tree.js";
import { counted, whenShort } from "../../page/words.js";

const TOLD_MS = 2000;
const SHOW_AFTER_MS = 90; // the arrows may go past many runs: only the one they rest on is fetched

export class Detail {
  /**
   * `ask` as on the wire, `say(text)` for the status line, `fail(error, id)` for what went wrong; `changed(id, changes)`
   * and `deleted(id)` keep the list in step; `choose(id)` opens another run, `pair()` asks for a second one.
   */
  constructor(hooks) {
    this.hooks = hooks;
    this.id = null;
    this.element = h("div", { class: "r9s-detail", role: "region", "aria-label": "The chosen run" });
    this.empty("Choose a run to see all of it.");
  }

  empty(text) {
    this.saveNote();
    this.id = null;
    this.run = null;
    this.element.replaceChildren(h("p", { class: "r9s-detail-empty" }, text));
  }

  /** Shows a run soon; a later call replaces an earlier one. */
  show(id) {
    this.saveNote();
    this.id = id;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(id), SHOW_AFTER_MS);
  }

  async load(id) {
    try {
      const answer = await this.hooks.ask("open", { id });
      if (this.id !== id) return;
      this.draw(answer);
      await this.loadFamily(id);
    } catch (error) {
      if (this.id === id) this.hooks.fail(error, id);
    }
  }

  async loadFamily(id) {
    const answer = await this.hooks.ask("family", { id });
    if (this.id !== id) return;
    const tree = familyTree(answer, id, (other) => this.hooks.choose(other));
    this.family.replaceChildren(...(tree ? [h("h4", {}, "Family of edits"), tree] : []));
    this.family.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  async compare(id, other) {
    clearTimeout(this.timer);
    this.saveNote();
    this.id = id;
    try {
      const answer = await this.hooks.ask("compare", { id, other });
      if (this.id !== id) return;
      this.run = null;
      const view = comparison(answer, { leave: () => this.hooks.choose(id), open: (one) => this.hooks.choose(one) });
      this.element.replaceChildren(view);
      const number = answer.rows.length + (answer.begin_apart ? 1 : 0);
      this.hooks.say(`Two runs side by side: ${number ? counted(number, "difference") : "no differences"}.`);
    } catch (error) {
      this.hooks.fail(error, other);
    }
  }

  focus() {
    this.element.querySelector("button, [tabindex]")?.focus();
  }

  // -- drawing ----------------------------------------------------------------------------------------------------

  draw(answer) {
    const run = (this.run = answer.run);
    this.answer = answer;
    this.number = 0;
    this.family = h("section", { class: "r9s-family" });
    this.tiles = h("div", { class: "r9s-detail-pictures" });
    this.drawPictures();
    this.star = button({
      drawing: "star",
      name: "Favourite",
      kind: "r9s-star",
      "aria-pressed": String(run.favourite),
      onclick: () => this.favour(),
    });
    this.actions = h("div", { class: "r9s-detail-actions", role: "group", "aria-label": "What to do with this run" });
    this.drawActions();
    this.element.replaceChildren(
      h(
        "div",
        { class: "r9s-detail-head" },
        words(headline(run), "b", { tabindex: "-1" }),
        h("span", { class: "r9s-run-about" }, whenShort(run.created)),
        this.star,
      ),
      this.tiles,
      words(run.prompt || "(no words)", "p", { class: "r9s-detail-prompt", tabindex: "0" }),
      outcome(run) ?? "",
      this.actions,
      this.family,
      this.noteField(run),
      h("section", {}, h("h4", {}, "All parameters"), factList(run)),
    );
  }

  drawPictures() {
    const choose = (number) => {
      this.number = number;
      this.drawPictures();
      this.tiles.querySelectorAll("button")[number].focus();
    };
    const parts = [origin(this.answer, this.run), pictures(this.answer, this.run, this.number, choose)];
    this.tiles.replaceChildren(...parts.filter(Boolean));
  }

  drawActions() {
    const { run } = this;
    const restore = (fields, said) => () => this.act("restore", { fields }, said);
    const buttons = [
      button({
        label: "Use all",
        drawing: "all",
        kind: "r9s-main",
        name: "Use all: prompt, parameters, source and pictures",
        onclick: restore(["prompt", "params", "source", "images"], "The lab is as it was for this run."),
      }),
      button({ label: "Prompt", name: "Use the prompt only", onclick: restore(["prompt"], "The prompt is in the form.") }),
      button({
        label: "Parameters",
        name: "Use the parameters only",
        onclick: restore(["params"], "The parameters are in the form."),
      }),
      run.images.length &&
        button({
          label: "Edit picture",
          drawing: "brush",
          name: "Use the chosen picture as the source of the next edit",
          onclick: () => this.act("edit", { number: this.number }, "The picture is ready to be painted over."),
        }),
      h("span", { class: "r9s-tools" }, this.tools()),
    ];
    this.actions.replaceChildren(...buttons.filter(Boolean));
  }

  tools() {
    const tool = (drawing, name, onclick) => button({ drawing, name, kind: `r9s-tool r9s-tool-${drawing}`, onclick });
    return [
      tool("code", "Copy code: the Python that repeats this run", (event) => this.copy(event.currentTarget)),
      tool("compare", "Compare with another run", () => this.hooks.pair(this.run.id)),
      tool("bin", "Delete this run", () => this.confirmDelete()),
    ];
  }

  noteField(run) {
    this.noted = run.note;
    this.note = h("textarea", {
      rows: "2",
      dir: "auto",
      "aria-label": "Note",
      placeholder: "A note of your own; it is searched too",
      onchange: () => this.saveNote(),
    });
    this.note.value = run.note;
    return h("label", { class: "r9s-note" }, h("h4", {}, "Note"), this.note);
  }

  // -- doing ------------------------------------------------------------------------------------------------------

  async act(question, fields, said) {
    const { id } = this;
    try {
      await this.hooks.ask(question, { id, ...fields });
      if (said) this.hooks.say(said);
      return true;
    } catch (error) {
      this.hooks.fail(error, id);
      return false;
    }
  }

  async favour() {
    const { id } = this;
    const value = !this.run.favourite;
    const star = this.star;
    star.setAttribute("aria-pressed", String(value));
    this.run.favourite = value;
    const said = value ? "Marked as a favourite." : "No longer a favourite.";
    if (await this.act("favour", { value }, said)) this.hooks.changed(id, { favourite: value });
    else star.setAttribute("aria-pressed", String(!value));
  }

  /** Keeps what was written before anything else is shown. */
  async saveNote() {
    if (!this.run || !this.note || this.note.value === this.noted) return;
    const { id } = this.run;
    const text = (this.noted = this.note.value);
    try {
      await this.hooks.ask("note", { id, text });
      this.hooks.changed(id, { noted: Boolean(text.trim()) });
      this.hooks.say("The note is kept.");
    } catch (error) {
      this.hooks.fail(error, id);
    }
  }

  async copy(tool) {
    if (!this.run.code) return this.hooks.say(this.run.why_no_code, "error");
    try {
      await navigator.clipboard.writeText(this.run.code);
      this.hooks.say("The Python that repeats this run is copied.");
      tool.dataset.told = "Copied"; // where one looks, for a moment
      setTimeout(() => delete tool.dataset.told, TOLD_MS);
    } catch {
      // No clipboard without a secure page: it is shown selected, so that Ctrl+C copies it.
      const code = h("pre", { class: "r9s-detail-code", tabindex: "0" }, this.run.code);
      this.element.querySelector(".r9s-detail-code")?.remove();
      this.actions.after(code);
      getSelection().selectAllChildren(code);
      this.hooks.say("Press Ctrl+C to copy the code.");
    }
    return undefined;
  }

  /** Asks first, in place of the buttons; the way back is the one that has the focus. */
  confirmDelete() {
    if (!this.run) return;
    const { id, images } = this.run;
    const what = images.length ? `this run and its ${images.length === 1 ? "picture" : "pictures"}` : "this run";
    const keep = () => {
      this.drawActions();
      this.actions.querySelector(".r9s-tool-bin").focus();
    };
    const sure = async () => {
      if (await this.act("delete", {})) this.hooks.deleted(id);
      else if (this.run) keep();
    };
    const kept = button({ label: "Keep", onclick: keep });
    const question = h(
      "div",
      {
        class: "r9s-confirm",
        role: "alertdialog",
        "aria-label": `Delete ${what} for good?`,
        onkeydown: (event) => event.key === "Escape" && keep(),
      },
      icon("bin"),
      h("span", {}, `Delete ${what} for good?`),
      button({ label: "Delete", kind: "r9s-danger", onclick: sure }),
      kept,
    );
    this.actions.replaceChildren(question);
    kept.focus();
  }

  dispose() {
    clearTimeout(this.timer);
    this.saveNote();
  }
}
