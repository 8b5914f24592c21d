// The places of a lab, from top to bottom, and the way from one to the next without everything in between.

import { h } from "../page/dom.js";
import { t } from "../page/translation.js";

/** Where the focus goes in each: the first that is in sight. */
const PLACES = [
  { within: ".r9s-side", goes: [".r9s-prompt textarea"] },
  { within: ".r9s-source", goes: [".r9s-stage[tabindex='0']"] },
  { within: ".r9s-results", goes: [".r9s-tile-face[tabindex='0']", ".r9s-sweep-buttons button"] },
  { within: ".r9s-history", goes: [".r9s-found .r9s-tile-face[tabindex='0']", ".r9s-tile-face[tabindex='0']", ".r9s-history-open"] },
];

const isInSight = (element) => element.checkVisibility();

function entryOf(studio, { within, goes }) {
  const found = goes.flatMap((selector) => [...studio.querySelectorAll(`${within} ${selector}`)]);
  return found.find(isInSight);
}

/** Goes to the next place that has something, down or up (-1); false where there is none. */
export function goOn(studio, from, by) {
  const at = PLACES.findIndex(({ within }) => from.closest(within));
  const others = by > 0 ? PLACES.slice(at + 1) : PLACES.slice(0, Math.max(0, at)).reverse();
  const entry = others.map((place) => entryOf(studio, place)).find(Boolean);
  entry?.focus();
  return Boolean(entry);
}

/** Beside the button that sends: the results are the next stop of the Tab key, whatever stands between. */
export const skipLink = (studio) =>
  h("button", { type: "button", class: "r9s-skip", onclick: ({ currentTarget }) => goOn(studio(), currentTarget, 1) }, t("To the pictures (Alt+↓)"));
