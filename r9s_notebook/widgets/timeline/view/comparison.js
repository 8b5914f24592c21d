// Two runs side by side: their pictures, and only what differs.

import { button, h, masked, picture, words } from "../../page/dom.js";
import { aboutRun } from "../../page/words.js";

/** The comparison as an element. `leave()` goes back to one run, `open(id)` to one of them. */
export function comparison(answer, { leave, open }) {
  const [before, after] = answer.runs;
  const back = button({ label: "Back to one run", drawing: "close", kind: "r9s-compare-leave", onclick: leave });
  return h(
    "section",
    { class: "r9s-comparison", "aria-label": "Two runs side by side" },
    h("div", { class: "r9s-detail-head" }, h("b", { tabindex: "-1" }, "Side by side"), back),
    h("div", { class: "r9s-pair" }, side(answer, before, "First run", open), side(answer, after, "Second run", open)),
    answer.same_pictures && h("p", {}, "Both made the very same pictures."),
    answer.rows.length || answer.begin_apart
      ? table(answer)
      : h("p", {}, "Nothing else differs: the same words, the same parameters."),
  );
}

function side(answer, run, name, open) {
  const pictures = run.images.map((image, number) =>
    picture(answer.blob(image), `${name}, picture ${number + 1}`, { loading: "lazy" }),
  );
  return h(
    "div",
    { class: "r9s-side-of-pair", role: "group", "aria-label": name },
    h("div", { class: "r9s-pair-pictures" }, pictures.length ? pictures : h("span", { class: "r9s-no-picture" }, "–")),
    words(aboutRun(run), "span", { class: "r9s-run-about" }),
    button({ label: "Open", name: `Open the ${name.toLowerCase()}`, onclick: () => open(run.id) }),
  );
}

function table(answer) {
  const head = h(
    "tr",
    {},
    h("td"),
    ["First run", "Second run"].map((name) => h("th", { scope: "col" }, name)),
  );
  const body = answer.rows.map(({ name, before, after }) =>
    h("tr", {}, h("th", { scope: "row" }, name), cell(before, "del"), cell(after, "ins")),
  );
  if (answer.begin_apart) {
    const shown = answer.runs.map((run) => h("td", {}, start(answer, run)));
    body.unshift(h("tr", {}, h("th", { scope: "row" }, "Begun from"), shown));
  }
  return h("table", { class: "r9s-differences" }, h("thead", {}, head), h("tbody", {}, body));
}

/** The source of an edit with its mask in ink. */
function start(answer, run) {
  if (run.kind !== "edit") return "nothing: it is not an edit";
  if (!run.beginning) return "a picture that is gone";
  return masked(answer, run.beginning, run.beginning.mask ? "Its source; what was to change is in ink" : "Its source");
}

const cell = (pieces, mark) =>
  h("td", {}, h("div", { dir: "auto" }, pieces.map(({ text, differs }) => h(differs ? mark : "span", {}, text))));
