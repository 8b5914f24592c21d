// Earlier prompts: one after the other with the arrow keys in an empty prompt, or from a list that is searched.

import { button, h, words } from "../page/dom.js";
import { keyName, stepAmong } from "../page/key_tables.js";
import { t } from "../page/translation.js";
import { putWords } from "../page/typing.js";

const UP_OR_DOWN = /^Arrow(Up|Down)$/; // in the search, the other keys move among its letters
const LONG = 400; // characters of a prompt in the list

export class Recall {
  /** `ask()` asks the kernel for the earlier prompts, the newest first; what comes is given to `hear`. */
  constructor(ask) {
    Object.assign(this, { ask, prompts: [], at: -1, hear: () => {} });
  }

  /** The step that an arrow key makes in the prompt, if it makes one: what is typed is not replaced. */
  step(area, key) {
    const isOn = this.at >= 0 && area.value === this.prompts[this.at] && area.selectionEnd === area.value.length;
    if (key === "ArrowUp" && (isOn || !area.value)) return () => this.go(area, 1);
    return key === "ArrowDown" && isOn ? () => this.go(area, -1) : null;
  }

  async go(area, by) {
    if (!area.value) {
      this.at = -1;
      this.prompts = await this.fetched();
      if (area.value) return; // was typed meanwhile
    }
    const at = Math.min(Math.max(this.at + by, -1), this.prompts.length - 1);
    if (at === this.at) return;
    this.at = at;
    putWords(area, this.prompts[at] ?? "");
  }

  fetched() {
    return new Promise((resolve) => {
      this.hear = resolve;
      this.ask();
    });
  }

  /** Opens the list in `root`; the one that is chosen comes into the prompt. */
  open(root, area) {
    let prompts = []; // until the kernel has said which there are
    let none = t("They come as soon as the kernel is free.");
    const list = h("ul", {});
    const search = h("input", { type: "search", placeholder: t("Search"), "aria-label": t("Search earlier prompts"), oninput: show });
    const close = button({ drawing: "close", name: t("Close (Escape)"), onclick: () => dialog.close() });
    const dialog = h(
      "dialog",
      { class: "r9s-keys-help r9s-earlier", "aria-label": t("Earlier prompts"), onclose: () => dialog.remove(), onkeydown: onKey },
      h("div", { class: "r9s-help-head" }, h("h2", {}, t("Earlier prompts")), close),
      search,
      list,
    );

    function choose(text) {
      dialog.close();
      putWords(area, text);
      area.focus();
    }

    function show() {
      const sought = search.value.toLowerCase().split(/\s+/);
      const found = prompts.filter((text) => sought.every((word) => text.toLowerCase().includes(word)));
      const line = (text) => h("li", {}, h("button", { type: "button", onclick: () => choose(text) }, words(text.slice(0, LONG))));
      list.replaceChildren(...(found.length ? found.map(line) : [h("li", {}, none)]));
    }

    function onKey(event) {
      event.stopPropagation(); // none of them acts from here
      const lines = [search, ...list.querySelectorAll("button")];
      const to = event.target !== search || UP_OR_DOWN.test(event.key) ? stepAmong(lines, event) : null;
      if (event.target === search && keyName(event) === "Enter") lines[1]?.click();
      else if (to) to.focus();
      else return;
      event.preventDefault();
    }

    show();
    root.append(dialog);
    dialog.showModal();
    search.focus();
    this.fetched().then((found) => {
      prompts = found;
      none = found.length ? t("None has these words.") : t("None yet: what is sent from this notebook is found here.");
      show();
    });
  }
}
