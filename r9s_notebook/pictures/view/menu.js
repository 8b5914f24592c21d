// A menu over the page: arrows move, Enter chooses, Escape and a click elsewhere close it and give the focus back.

import { h, icon } from "../../page/dom.js";
import { isPress, stepAmong } from "../../page/key_tables.js";
import { speak, t } from "../../page/translation.js";

const CLOSES = new Set(["Escape", "Tab"]);

/**
 * @param {HTMLElement} anchor What it belongs to; it opens beside it.
 * @param {{label: string, drawing?: string, hint?: string, act: () => void}[]} entries
 * @param {{root?: HTMLElement, name?: string}} options Where it is put (a dialog hides what is not in it), what it is.
 */
export function openMenu(anchor, entries, { root = document.body, name = t("More") } = {}) {
  const before = document.activeElement;
  const close = (back = true) => {
    menu.remove();
    removeEventListener("pointerdown", outside, true);
    if (back) before?.focus?.();
  };
  const outside = (event) => menu.contains(event.target) || close(false);
  const rows = entries.map(({ label, drawing, hint, act }) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        onclick: (event) => {
          event.stopPropagation();
          close();
          act();
        },
      },
      drawing ? icon(drawing) : h("span", { class: "r9s-icon" }),
      h("span", {}, label),
      hint && h("kbd", { "aria-hidden": "true" }, hint),
    ),
  );
  const onkeydown = (event) => {
    const to = stepAmong(rows, event);
    const at = rows.indexOf(document.activeElement);
    event.stopPropagation();
    if (isPress(event)) return; // it presses what has the focus
    if (to) to.focus();
    else if (CLOSES.has(event.key)) close();
    else if (event.key.length === 1) {
      const after = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
      after.find((row) => row.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    } else return;
    event.preventDefault();
  };
  const menu = h("div", { class: "r9s-menu", role: "menu", "aria-label": name, onkeydown }, rows);
  speak(menu);
  root.append(menu);
  place(menu, anchor.getBoundingClientRect());
  rows[0]?.focus();
  addEventListener("pointerdown", outside, true);
  return close;
}

/** Below what it belongs to where there is room, else above; never over the edge of the window. */
function place(menu, around) {
  const { width, height } = menu.getBoundingClientRect();
  const below = around.bottom + height + 8 < innerHeight;
  menu.style.top = `${Math.max(8, below ? around.bottom + 4 : around.top - height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(around.left, innerWidth - width - 8))}px`;
}
