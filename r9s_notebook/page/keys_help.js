// All keys of the lab in one dialog, read from the tables that the keys themselves come from.

import { button, h } from "./dom.js";
import { readable } from "./key_names.js";
import { t } from "./translation.js";

/** Opens the list in `root`; `tables` are [where, [{label, keys}]]. The browser gives the focus back when it closes. */
export function openKeys(root, tables) {
  const keysOf = ({ keys }) => keys.flatMap((key) => [h("kbd", {}, readable(key)), " "]);
  const row = (entry) => h("div", { title: entry.hint }, h("dt", {}, keysOf(entry)), h("dd", {}, entry.label));
  const section = ([where, rows]) => h("section", {}, h("h3", {}, where), h("dl", {}, rows.map(row)));
  const close = button({ drawing: "close", name: t("Close (Escape)"), onclick: () => dialog.close() });
  const dialog = h(
    "dialog",
    { class: "r9s-keys-help", "aria-label": t("Keys"), onclose: () => dialog.remove(), tabindex: "-1" },
    h("header", {}, h("h2", {}, t("Keys")), close),
    h("div", {}, tables.map(section)),
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // none of them acts from here
  root.append(dialog);
  dialog.showModal();
}
