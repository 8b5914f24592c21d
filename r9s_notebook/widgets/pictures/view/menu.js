// A menu over the page: arrows move, Enter chooses, Escape and a click elsewhere close it and give the focus back.

import { h, icon } from "../../../page/dom.js";
import { speak, t } from "../../../page/translation.js";

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
    const at = rows.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) rows[(at + step + rows.length) % rows.length].focus();
    else if (event.key === "Home") rows[0].focus();
    else if (event.key === "End") rows.at(-1).focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else if (event.key.length === 1 && event.key !== " ") {
      const after = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
      after.find((row) => row.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    } else return event.stopPropagation();
    event.preventDefault();
    return event.stopPropagation();
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
