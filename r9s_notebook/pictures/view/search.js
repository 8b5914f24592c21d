// The title row, and what it opens into: how far to look, words to look for, filters.

import { button, h, icon } from "../../page/dom.js";
import { obey } from "../../page/key_tables.js";
import { t } from "../../page/translation.js";
import { KINDS, SCOPES, STATUSES } from "../../page/words.js";
import { SEARCH_KEYS } from "./picture_keys.js";

const DEBOUNCE_MS = 180;

let bars = 0;

const RATINGS = {
  ...Object.fromEntries([1, 2, 3, 4, 5].map((least) => [least, least < 5 ? t("{stars} or more", { stars: "★".repeat(least) }) : "★★★★★"])),
  "-1": t("Rejected"),
};

export class SearchBar {
  /** `onOpen(open)` when the panel opens or closes, `onSearch(search)` when something else is looked for. */
  constructor(scopes, { onOpen, onSearch, onDown }) {
    this.name = `r9s-scope-${(bars += 1)}`;
    Object.assign(this, { onOpen, onSearch, onDown });
    this.open = false;
    this.title = h("div", { class: "r9s-history-title" }, h("b", {}, t("History")), h("span"));
    this.opener = button({
      label: t("Search and compare"),
      drawing: "search",
      kind: "r9s-history-open",
      "aria-expanded": "false",
      onclick: () => onOpen(!this.open),
    });
    this.scope = h(
      "fieldset",
      { class: "r9s-scopes", onchange: () => this.search() },
      h("legend", { class: "r9s-unseen" }, t("Where to look")),
      scopes.map((scope) =>
        h("label", {}, h("input", { type: "radio", name: this.name, value: scope }), h("span", {}, SCOPES[scope])),
      ),
    );
    this.text = h("input", {
      type: "search",
      class: "r9s-find",
      placeholder: t("Search"),
      title: t("Words of prompts, notes and models"),
      "aria-label": t("Search prompts, notes and models"),
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "400",
      oninput: () => this.searchSoon(),
      onkeydown: (event) => obey(SEARCH_KEYS, event, this) && event.preventDefault(),
    });
    this.kind = choice(t("Kind"), t("All kinds"), KINDS, () => this.search());
    this.status = choice(t("Status"), t("Any status"), STATUSES, () => this.search());
    this.rating = choice(t("Rating"), t("Any rating"), RATINGS, () => this.search());
    this.favourite = button({
      drawing: "star",
      name: t("Favourites only"),
      kind: "r9s-only-favourites",
      "aria-pressed": "false",
      onclick: () => {
        this.press(this.favourite.getAttribute("aria-pressed") !== "true");
        this.search();
      },
    });
    this.filters = h(
      "div",
      { class: "r9s-filters", role: "search", "aria-label": t("Find runs"), hidden: true },
      this.scope,
      h("span", { class: "r9s-finder" }, icon("search"), this.text),
      h("span", { class: "r9s-choices" }, this.kind, this.status, this.rating, this.favourite),
    );
    this.element = h(
      "div",
      { class: "r9s-history-bar" },
      h("div", { class: "r9s-history-head" }, this.title, this.opener),
      this.filters,
    );
  }

  setSummary(text) {
    this.title.lastChild.textContent = text;
  }

  setOpen(open) {
    this.open = open;
    this.opener.setAttribute("aria-expanded", String(open));
    this.opener.replaceChildren(icon(open ? "close" : "search"), h("span", {}, open ? t("Close") : t("Search and compare")));
    this.filters.hidden = !open;
  }

  setScope(scope) {
    for (const input of this.scope.querySelectorAll("input")) input.checked = input.value === scope;
  }

  press(on) {
    this.favourite.setAttribute("aria-pressed", String(on));
  }

  /** What is looked for now. */
  get wanted() {
    return {
      scope: this.scope.querySelector("input:checked")?.value ?? "cell",
      text: this.text.value,
      kind: this.kind.value || null,
      status: this.status.value || null,
      rating: Number(this.rating.value) || null,
      favourite: this.favourite.getAttribute("aria-pressed") === "true",
    };
  }

  get filtered() {
    const { text, kind, status, rating, favourite } = this.wanted;
    return Boolean(text.trim() || kind || status || rating || favourite);
  }

  /** Looks for everything again; how far one looks stays. */
  lift() {
    this.text.value = this.kind.value = this.status.value = this.rating.value = "";
    this.press(false);
    this.text.focus();
    this.search();
  }

  search() {
    clearTimeout(this.timer);
    this.onSearch(this.wanted);
  }

  searchSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), DEBOUNCE_MS);
  }

  /** Escape: first the words go, then the panel. */
  leave() {
    if (!this.text.value) return this.onOpen(false);
    this.text.value = "";
    return this.search();
  }

  dispose() {
    clearTimeout(this.timer);
  }
}

function choice(label, all, options, onchange) {
  return h(
    "select",
    { "aria-label": label, onchange },
    h("option", { value: "" }, all),
    Object.entries(options).map(([value, text]) => h("option", { value }, text)),
  );
}
