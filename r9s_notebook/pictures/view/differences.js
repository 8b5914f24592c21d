// What sets two runs apart: a table of the fields that differ, and in texts the words that do.

import { h, masked } from "../../page/dom.js";
import { t, tp } from "../../page/translation.js";

/** What the kernel found, as elements. */
export function differencesOf(answer) {
  if (answer.same_run) return [h("p", {}, t("Both are of one run: the same words, the same parameters."))];
  const rows = answer.rows.map(({ name, before, after }) =>
    h("tr", {}, h("th", { scope: "row" }, name), cell(before, "del"), cell(after, "ins")),
  );
  if (answer.beginnings.length) {
    const begun = answer.beginnings.map((one) => h("td", {}, start(answer, one)));
    rows.unshift(h("tr", {}, h("th", { scope: "row" }, t("Begun from")), begun));
  }
  const head = [tp("picture", "First"), tp("picture", "Second")].map((name) => h("th", { scope: "col" }, name));
  return [
    answer.same_pictures && h("p", {}, t("Both made the very same pictures.")),
    rows.length
      ? h("table", { class: "r9s-differences" }, h("thead", {}, h("tr", {}, h("td"), head)), h("tbody", {}, rows))
      : h("p", {}, t("Nothing else differs: the same words, the same parameters.")),
  ].filter(Boolean);
}

/** The source of an edit with its mask in ink. */
function start(answer, { kind, of }) {
  if (kind !== "edit") return t("nothing: it is not an edit");
  if (!of) return t("a picture that is gone");
  return masked(answer, of, of.mask ? t("Its source; what was to change is in ink") : t("Its source"));
}

const cell = (pieces, mark) =>
  h("td", {}, h("div", { dir: "auto" }, pieces.map(({ text, differs }) => h(differs ? mark : "span", {}, text))));
