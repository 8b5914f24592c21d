// All keys of a place in one dialog, read from the tables that the keys themselves come from.

import { button, h } from "./dom.js";
import { readable } from "./key_names.js";
import { LIST_KEYS } from "./key_tables.js";
import { t } from "./translation.js";

/** For every list of keys: what holds wherever there are several things to choose from. */
export const LIST_SECTION = {
  where: t("Menus, toolbars and lists"),
  at: (place) => place.closest("[role=menu], [role=tree], [role=toolbar]"),
  rows: [...LIST_KEYS, { keys: ["Enter", " "], label: t("Take it") }, { keys: ["Escape"], label: t("Close") }],
};

/** The arrows, or digits in a row, are one. */
function inShort(keys) {
  if (keys.length > 2 && keys.every((key) => /^\d$/.test(key))) return [`${keys[0]}–${keys.at(-1)}`];
  const arrows = keys.filter((key) => /Arrow/.test(key));
  if (arrows.length < 4) return keys.map(readable);
  const before = readable(arrows[0]).slice(0, -1);
  return [before + arrows.map((key) => readable(key).slice(-1)).join(""), ...keys.filter((key) => !arrows.includes(key)).map(readable)];
}

/** What works at a place, first: of two rows for one key, the earlier one is obeyed. */
function sorted(sections, place) {
  const here = sections.filter(({ at }) => at(place));
  const taken = new Set();
  const free = here.map((section) => {
    const rows = section.rows.map((row) => ({ ...row, keys: row.keys.filter((key) => !taken.has(key)) })).filter(({ keys }) => keys.length);
    for (const key of rows.flatMap(({ keys }) => keys)) taken.add(key);
    return { ...section, rows, isHere: true };
  });
  return [...free.filter(({ rows }) => rows.length), ...sections.filter((section) => !here.includes(section))];
}

/**
 * Opens the list in `root`; `sections` are {where, at, rows}, and `at(place)` says whether their keys work at a place. The
 * browser gives the focus back when it closes.
 */
export function openKeys(root, sections, place) {
  const keysOf = ({ keys }) => inShort(keys).flatMap((key) => [h("kbd", {}, key), " "]);
  const row = (entry) => h("div", { title: entry.hint }, h("dt", {}, keysOf(entry)), h("dd", {}, entry.label));
  const section = ({ where, rows, isHere }) => h("section", { class: isHere && "r9s-here" }, h("h3", {}, where), h("dl", {}, rows.map(row)));
  const close = button({ drawing: "close", name: t("Close (Escape)"), onclick: () => dialog.close() });
  const dialog = h(
    "dialog",
    { class: "r9s-keys-help", "aria-label": t("Keys"), onclose: () => dialog.remove(), tabindex: "-1" },
    h("div", { class: "r9s-help-head" }, h("h2", {}, t("Keys")), close),
    h("div", { class: "r9s-help-keys" }, sorted([...sections, LIST_SECTION], place).map(section)),
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // none of them acts from here
  root.append(dialog);
  dialog.showModal();
}
