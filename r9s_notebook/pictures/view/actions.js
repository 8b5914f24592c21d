// What can be done with pictures: one table for tiles, viewer, comparison and culling, by pointer and by key.

import { t, tn } from "../../page/translation.js";

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
  { name: "cull", label: t("Choose: keep or reject one after the other"), key: "k", drawing: "keep", needs: "mark" },
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

/** Shows or hides the lines around masks. */
export const toggleOutlines = (root) => root.classList.toggle("r9s-without-outline");

export const REJECTED = -1;

/** The actions for some pictures, as far as the kernel behind them can do them. */
export const possible = (abilities, items) =>
  ACTIONS.filter(
    (action) =>
      isAble(abilities, action) && (!action.one || items.length === 1) && (action.bare || items.every(({ width }) => width)),
  );

/** Whether the kernel behind pictures can do what an action asks of it. */
export const isAble = (abilities, { needs }) => !needs || abilities.includes(needs);

/** A rating in words. */
export const spokenRating = (rating) =>
  rating < 0 ? t("rejected") : rating === 0 ? t("not rated") : tn("{count} star", "{count} stars", rating);
