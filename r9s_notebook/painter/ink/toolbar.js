// The toolbar for the keyboard: each row is one stop of the Tab key, and the arrow keys go from button to button.
//
// Sliders and fields stay stops of their own: the arrow keys are theirs.

import { stepAmong } from "../../page/key_tables.js";
import { t } from "../../page/translation.js";

const ROWS = { "r9s-tools": t("Painting tools"), "r9s-more": t("More painting tools") };
const ANY_ROW = Object.keys(ROWS).map((name) => `.${name}`).join();

const buttonsOf = (row) => [...row.querySelectorAll("button[class*='r9s-cmd-']")].filter((button) => button.offsetParent);

function makeStop(stop, buttons) {
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
}

/** Names the rows, and sees to it that each has one stop; buttons come into the page one by one. */
export function markRows(root) {
  for (const [name, label] of Object.entries(ROWS)) {
    for (const row of root.querySelectorAll(`.${name}`)) {
      row.setAttribute("role", "toolbar");
      row.setAttribute("aria-label", label);
      const buttons = buttonsOf(row);
      const stops = buttons.filter((button) => button.tabIndex === 0);
      if (buttons.length && stops.length !== 1) makeStop(stops[0] ?? buttons[0], buttons);
    }
  }
}

export function listenToArrows(root, signal) {
  root.addEventListener(
    "keydown",
    (event) => {
      const row = event.target.closest(ANY_ROW);
      const buttons = row ? buttonsOf(row) : [];
      const to = buttons.includes(event.target) && stepAmong(buttons, event);
      if (!to) return;
      event.preventDefault();
      to.focus();
    },
    { signal },
  );
  root.addEventListener(
    "focusin",
    ({ target }) => {
      const row = target.closest(ANY_ROW);
      if (row && buttonsOf(row).includes(target)) makeStop(target, buttonsOf(row));
    },
    { signal },
  );
}
