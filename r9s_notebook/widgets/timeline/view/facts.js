// What is known of a run, part by part.

import { h, icon, masked, picture, words } from "../../page/dom.js";
import { STATUSES, counted, whenWhole } from "../../page/words.js";

/** The run's pictures; one is chosen, for editing. `choose(number)` is told which. */
export function pictures(answer, run, chosen, choose) {
  if (!run.images.length) return null;
  const many = run.images.length > 1;
  const tiles = run.images.map((image, number) => {
    const name = many ? `Picture ${number + 1} of ${run.images.length}` : "The picture";
    const size = `${image.width} x ${image.height}`;
    const about = [name, size, image.missing && "its original is missing", image.revised].filter(Boolean).join(", ");
    const blob = answer.blob(image.thumb);
    return h(
      "button",
      {
        type: "button",
        class: "r9s-detail-picture",
        "aria-pressed": many ? String(number === chosen) : null,
        "aria-label": about,
        title: [size, image.missing && "The original was deleted or moved", image.revised].filter(Boolean).join("\n"),
        "data-missing": image.missing,
        onclick: () => choose(number),
      },
      blob ? picture(blob, "") : "–",
    );
  });
  return h("div", { class: "r9s-detail-results", role: "group", "aria-label": "Pictures of this run" }, tiles);
}

/** What was sent and what came of it, as a list of names and values. */
export function factList(run) {
  const revised = run.images.map((image) => image.revised).filter(Boolean);
  const all = [
    { name: "When", value: whenWhole(run.created) },
    { name: "Status", value: STATUSES[run.status] ?? run.status },
    ...run.facts,
    run.template && { name: "Template", value: run.template },
    revised.length && { name: "Revised prompt", value: [...new Set(revised)].join("\n") },
  ].filter(Boolean);
  return h(
    "dl",
    { class: "r9s-facts" },
    all.map(({ name, value }) => h("div", {}, h("dt", {}, name), words(value, "dd"))),
  );
}

/** Where an edit began: its source, with the mask in ink. */
export function origin(answer, run) {
  if (!run.beginning) return null;
  const inked = Boolean(run.beginning.mask);
  const alt = inked ? "The source of this edit; what was to change is in ink" : "The source of this edit";
  const caption = h("figcaption", { "aria-hidden": "true" }, inked ? "source and mask" : "source");
  return h("figure", { class: "r9s-origin" }, masked(answer, run.beginning, alt), icon("all"), caption);
}

/** How a run ended that has no pictures. */
export function outcome(run) {
  if (run.status === "succeeded") return null;
  const text = run.error || `${STATUSES[run.status] ?? run.status}.`;
  return h("div", { class: "r9s-outcome", "data-status": run.status }, words(text));
}

/** One line about a run: when, by which model, how large, how many. */
export const headline = (run) =>
  [run.kind === "edit" ? "Edit" : null, run.model, run.size, run.images.length && counted(run.images.length, "picture")]
    .filter(Boolean)
    .join(" · ");
