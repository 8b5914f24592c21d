// What can be done with pictures: one table for tiles, viewer, comparison and culling, by pointer and by key.

import { t, tn } from "../../../page/translation.js";

/**
 * `key` works wherever pictures have the focus; `shown` puts a button on tiles and into the viewer, all others are in
 * the menu; `needs` names the ability that the kernel must have, `one` is for what makes sense for one picture only, `bare`
 * for what can be done with a run that has no picture.
 */
export const ACTIONS = [
  { name: "open", label: t("Open"), key: "Enter", drawing: "open", shown: true, one: true },
  { name: "edit", label: t("Edit: paint over it"), key: "e", drawing: "brush", shown: true, one: true, needs: "edit" },
  { name: "vary", label: t("Vary: the same again with another seed"), key: "v", drawing: "vary", shown: true, needs: "again", bare: true },
  { name: "compare", label: t("Compare"), key: "c", drawing: "compare", shown: true },
  { name: "download", label: t("Download"), key: "d", drawing: "download", shown: true },
  { name: "favourite", label: t("Favourite"), key: "s", drawing: "star", needs: "mark", toggles: "favourite" },
  { name: "reject", label: t("Reject"), key: "x", drawing: "reject", needs: "mark" },
  { name: "note", label: t("Note"), key: "n", drawing: "note", one: true, needs: "mark", bare: true },
  { name: "copy-picture", label: t("Copy picture"), one: true },
  { name: "copy-prompt", label: t("Copy prompt"), one: true, needs: "words", bare: true },
  { name: "copy-code", label: t("Copy code: the Python that makes it again"), one: true, needs: "words", bare: true },
  { name: "again", label: t("Same seed in another size or quality"), one: true, needs: "again" },
  { name: "use", label: t("Use its prompt and parameters"), one: true, needs: "edit", bare: true },
  { name: "export", label: t("Export with prompts, seeds and marks"), needs: "family" },
  { name: "delete", label: t("Delete"), key: "Delete", drawing: "bin", needs: "delete", bare: true },
];

/** The ways to compare two pictures or more. */
export const COMPARISONS = [
  { mode: "slider", label: t("Slider"), key: "s" },
  { mode: "step", label: t("In step"), key: "p" },
  { mode: "difference", label: t("Difference"), key: "d" },
];

/**
 * What keys do in the viewer, `does(viewer, event)`: always, in a comparison, and where one culls. The earlier table goes
 * first, and all go before what is done with pictures; what is `shown` while one culls is a button, too.
 */
export const VIEWER_KEYS = [
  { keys: ["ArrowRight", "ArrowDown"], label: t("Next picture"), does: (viewer) => viewer.step(1) },
  { keys: ["ArrowLeft", "ArrowUp"], label: t("Former picture"), does: (viewer) => viewer.step(-1) },
  { keys: ["Home"], label: t("First picture"), does: (viewer) => viewer.go(0) },
  { keys: ["End"], label: t("Last picture"), does: (viewer) => viewer.go(Infinity) },
  { keys: ["+", "="], label: t("Closer"), does: (viewer) => viewer.lens.zoomBy(1) },
  { keys: ["-"], label: t("Farther"), does: (viewer) => viewer.lens.zoomBy(-1) },
  { keys: ["z"], label: t("Fit or 100 %"), does: (viewer) => viewer.toggleZoom() },
  { keys: ["f"], label: t("Full screen"), does: (viewer) => viewer.toggleFull() },
  { keys: ["i"], label: t("Facts and note"), does: (viewer) => viewer.toggleFacts() },
  { keys: ["m"], label: t("Show or hide the mask's outline"), does: (viewer) => toggleOutlines(viewer.stage) },
];
export const COMPARE_KEYS = [
  ...COMPARISONS.map(({ mode, label, key }) => ({ keys: [key], label, does: (viewer) => viewer.compare(mode) })),
  { keys: [" "], label: t("Held: see the other picture"), does: (viewer) => viewer.flick(true) },
];
export const CULL_KEYS = [
  { keys: ["p"], label: t("Keep"), drawing: "keep", shown: true, does: (viewer) => viewer.keep() },
  { keys: ["x"], label: t("Reject"), drawing: "reject", shown: true, does: (viewer) => viewer.rate(REJECTED) },
  { keys: [" "], label: t("Next"), drawing: "all", shown: true, does: (viewer) => viewer.step(1) },
  { keys: ["Backspace"], label: t("Back"), does: (viewer) => viewer.step(-1) },
  { keys: [..."12345"], label: t("Rate, and go on"), does: (viewer, { key }) => viewer.rate(Number(key)) },
];

/** What keys mean where pictures have the focus, for the list of all keys: [where, [{keys, label}]]. */
export const PICTURE_KEYS = [
  [
    t("Pictures"),
    [
      ...ACTIONS.filter(({ key }) => key).map(({ key, label }) => ({ keys: [key], label })),
      { keys: ["1", "…", "5"], label: t("Rate") },
      { keys: ["0"], label: t("No rating") },
      { keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], label: t("Go to another; with Shift choose several") },
      { keys: ["Ctrl+a"], label: t("Choose all") },
      { keys: ["m"], label: t("Show or hide the outline of an edit's mask") },
      { keys: ["."], label: t("Everything that can be done; by finger, press long") },
    ],
  ],
  [t("Viewer"), [...VIEWER_KEYS, { keys: ["Escape"], label: t("Close") }]],
  [t("Comparing"), COMPARE_KEYS],
  [t("Choosing among many"), CULL_KEYS],
];

/** Shows or hides the lines around masks. */
export const toggleOutlines = (root) => root.classList.toggle("r9s-without-outline");

const BY_KEY = new Map(ACTIONS.filter(({ key }) => key).map((action) => [action.key.toLowerCase(), action]));
export const REJECTED = -1;

/** The actions for some pictures, as far as the kernel behind them can do them. */
export const possible = (abilities, items) =>
  ACTIONS.filter(
    ({ needs, one, bare }) =>
      (!needs || abilities.includes(needs)) && (!one || items.length === 1) && (bare || items.every(({ width }) => width)),
  );

/** What a key means: `{action}`, `{rating}`, or null. */
export function meaning(event, abilities) {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter")) return null;
  if (/^[0-5]$/.test(event.key)) return abilities.includes("mark") ? { rating: Number(event.key) } : null;
  const action = BY_KEY.get(event.key.toLowerCase());
  return action && (!action.needs || abilities.includes(action.needs)) ? { action } : null;
}

/** A rating in words. */
export const spokenRating = (rating) =>
  rating < 0 ? t("rejected") : rating === 0 ? t("not rated") : tn("{count} star", "{count} stars", rating);
