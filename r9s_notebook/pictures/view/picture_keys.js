// What keys do where pictures are: one table for each place, obeyed there and listed under ?.

import { openKeys } from "../../page/keys_help.js";
import { t } from "../../page/translation.js";
import { ACTIONS, COMPARISONS, REJECTED, toggleOutlines } from "./actions.js";

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const STEPS = [...ARROWS, "Home", "End"];

/** What is done with pictures, in a grid as in the viewer: `does(place, at, event)`. */
export const ACT_KEYS = [
  ...ACTIONS.filter(({ key }) => key).map(({ name, key, label }) => ({
    keys: [key],
    label,
    does: (place, at, event) => place.performs(name, at, event),
  })),
  { keys: [..."12345"], label: t("Rate"), does: (place, at, { key }) => place.rates(Number(key), at) },
  { keys: ["0"], label: t("No rating"), does: (place, at) => place.rates(0, at) },
];

/** Among pictures: `does(grid, at, event)`, with the place of the one that has the focus; `inBar` also over the grid, where several are chosen. */
export const GRID_KEYS = [
  { keys: STEPS, label: t("Go to another"), does: (grid, at, event) => grid.go(at, event) },
  { keys: STEPS.map((key) => `Shift+${key}`), label: t("Choose several"), does: (grid, at, event) => grid.go(at, event) },
  { keys: [" "], label: t("Choose it"), does: (grid, at) => grid.choose(at) },
  { keys: ["Ctrl+a"], label: t("Choose all"), inBar: true, does: (grid) => grid.pickAll() },
  { keys: ["Escape"], label: t("Give up the choice of several"), inBar: true, does: (grid) => grid.pickNone() },
  { keys: ["m"], label: t("Show or hide the outline of an edit's mask"), does: (grid) => void toggleOutlines(grid.element) },
  { keys: ["."], label: t("Everything that can be done; by finger, press long"), does: (grid, at, event) => grid.menu(at, event) },
  { keys: ["?"], label: t("This list"), does: (grid, _at, event) => openKeys(grid.element, PICTURE_KEYS, event.target) },
];

/** In the viewer: `does(viewer, event)`; in a comparison and where one culls, more. The earlier table goes first. */
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
  { keys: ["m"], label: t("Show or hide the mask's outline"), does: (viewer) => void toggleOutlines(viewer.stage) },
  { keys: ["?"], label: t("This list"), does: (viewer, event) => openKeys(viewer.element, PICTURE_KEYS, event.target) },
  { keys: ["Escape"], label: t("Close") },
];
export const COMPARE_KEYS = [
  ...COMPARISONS.map(({ mode, label, key }) => ({ keys: [key], label, does: (viewer) => viewer.compare(mode) })),
  { keys: [" "], label: t("Held: see the other picture"), does: (viewer) => viewer.flick(true) },
];
export const CULL_KEYS = [
  { keys: ["p"], label: t("Keep"), drawing: "keep", shown: true, does: (viewer) => viewer.keep() },
  { keys: ["x"], label: t("Reject"), drawing: "reject", shown: true, does: (viewer) => viewer.judge(REJECTED) },
  { keys: [" "], label: t("Next"), drawing: "all", shown: true, does: (viewer) => viewer.step(1) },
  { keys: ["Backspace"], label: t("Back"), does: (viewer) => viewer.step(-1) },
  { keys: ["Shift+e"], label: t("Export the kept"), does: (viewer) => void viewer.exportKept() },
  { keys: [..."12345"], label: t("Rate, and go on"), does: (viewer, { key }) => viewer.judge(Number(key)) },
];

/** On the slider of a comparison: where it goes to from `share`. */
export const SLIDER_KEYS = [
  { keys: ["ArrowLeft", "ArrowDown"], label: t("Less of the first picture"), does: (share) => share - 0.05 },
  { keys: ["ArrowRight", "ArrowUp"], label: t("More of the first picture"), does: (share) => share + 0.05 },
  { keys: ["Home"], label: t("None of the first picture"), does: () => 0 },
  { keys: ["End"], label: t("All of the first picture"), does: () => 1 },
];

/** Where one votes: `does(vote, event)`. */
export const VOTE_KEYS = [
  { keys: [..."1234"], label: t("This picture is better"), does: (vote, { key }) => vote.choose(Number(key) - 1) },
  { keys: [" "], label: t("No difference"), does: (vote) => vote.next() },
  { keys: ["Escape"], label: t("Close") },
];

/** In the words to search for: `does(bar)`. */
export const SEARCH_KEYS = [
  { keys: ["ArrowDown"], label: t("To what was found"), does: (bar) => bar.onDown() },
  { keys: ["Enter"], label: t("Search"), does: (bar) => bar.search() },
  { keys: ["Escape"], label: t("Empty the search, then close the history"), does: (bar) => bar.leave() },
];

const isIn = (selector) => (place) => place.closest(selector);
const VIEWER = ".r9s-viewer:not(:has(.r9s-vote))";

/** For the list under ?: each table, where its keys work, and in which order they are obeyed. */
export const PICTURE_KEYS = [
  { where: t("Comparing: the slider"), at: isIn(".r9s-slider"), rows: SLIDER_KEYS },
  { where: t("Among pictures"), at: isIn(".r9s-tile"), rows: GRID_KEYS },
  { where: t("Viewer"), at: isIn(VIEWER), rows: VIEWER_KEYS },
  { where: t("Comparing"), at: isIn(`${VIEWER}:has([data-mode]:not([data-mode="view"]))`), rows: COMPARE_KEYS },
  { where: t("Choosing among many"), at: isIn(`${VIEWER}:has(.r9s-culling:not([hidden]))`), rows: CULL_KEYS },
  { where: t("With pictures"), at: isIn(`.r9s-tile, ${VIEWER}`), rows: ACT_KEYS },
  { where: t("Voting"), at: isIn(".r9s-viewer:has(.r9s-vote)"), rows: VOTE_KEYS },
  { where: t("History"), at: isIn(".r9s-filters"), rows: SEARCH_KEYS },
];
