// What can be done with pictures: one table for tiles, viewer, comparison and culling, by pointer and by key.

/**
 * `key` works wherever pictures have the focus; `shown` puts a button on tiles and into the viewer, all others are in
 * the menu; `needs` names the ability that the kernel must have, `one` is for what makes sense for one picture only, `bare`
 * for what can be done with a run that has no picture.
 */
export const ACTIONS = [
  { name: "open", label: "Open", key: "Enter", drawing: "open", shown: true, one: true },
  { name: "edit", label: "Edit: paint over it", key: "e", drawing: "brush", shown: true, one: true, needs: "edit" },
  { name: "vary", label: "Vary: the same again with another seed", key: "v", drawing: "vary", shown: true, needs: "again", bare: true },
  { name: "compare", label: "Compare", key: "c", drawing: "compare", shown: true },
  { name: "download", label: "Download", key: "d", drawing: "download", shown: true },
  { name: "favourite", label: "Favourite", key: "s", drawing: "star", needs: "mark", toggles: "favourite" },
  { name: "reject", label: "Reject", key: "x", drawing: "reject", needs: "mark" },
  { name: "note", label: "Note", key: "n", drawing: "note", one: true, needs: "mark", bare: true },
  { name: "copy-picture", label: "Copy picture", one: true },
  { name: "copy-prompt", label: "Copy prompt", one: true, needs: "words", bare: true },
  { name: "copy-code", label: "Copy code: the Python that makes it again", one: true, needs: "words", bare: true },
  { name: "again", label: "Same seed in another size or quality", one: true, needs: "again" },
  { name: "use", label: "Use its prompt and parameters", one: true, needs: "edit", bare: true },
  { name: "export", label: "Export with prompts, seeds and marks", needs: "family" },
  { name: "delete", label: "Delete", key: "Delete", drawing: "bin", needs: "delete", bare: true },
];

/** The ways to compare two pictures or more. */
export const COMPARISONS = [
  { mode: "slider", label: "Slider", key: "s" },
  { mode: "step", label: "In step", key: "p" },
  { mode: "difference", label: "Difference", key: "d" },
];

/** What keys mean where pictures have the focus, for the list of all keys: [where, [{keys, label}]]. */
const ARROW_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const lettered = (entries) => entries.filter(({ key }) => key).map(({ key, label }) => ({ keys: [key], label }));
export const PICTURE_KEYS = [
  [
    "Pictures",
    [
      ...lettered(ACTIONS),
      { keys: ["1", "…", "5"], label: "Rate" },
      { keys: ["0"], label: "No rating" },
      { keys: ARROW_KEYS, label: "Go to another; with Shift choose several" },
      { keys: ["Ctrl+a"], label: "Choose all" },
      { keys: ["."], label: "Everything that can be done" },
    ],
  ],
  [
    "Viewer",
    [
      { keys: ARROW_KEYS, label: "Next and former picture" },
      { keys: ["+", "-", "z"], label: "Closer, farther, fit or 100 %" },
      { keys: ["f"], label: "Full screen" },
      { keys: ["i"], label: "Facts and note" },
      { keys: ["m"], label: "Show or hide the mask's outline" },
      { keys: ["Escape"], label: "Close" },
    ],
  ],
  ["Comparing", [...lettered(COMPARISONS), { keys: [" "], label: "Held: see the other picture" }]],
  [
    "Choosing among many",
    [
      { keys: ["p"], label: "Keep" },
      { keys: ["x"], label: "Reject" },
      { keys: [" "], label: "Next" },
      { keys: ["Backspace"], label: "Back" },
    ],
  ],
];

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
  rating < 0 ? "rejected" : rating === 0 ? "not rated" : `${rating} star${rating === 1 ? "" : "s"}`;
