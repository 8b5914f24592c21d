// Words on their way to the kernel: they go when the hand rests, so that no reload and no crash takes them along; and
// what the kernel puts in their place can be undone.

const REST_MS = 500;
export const FORM = ":is(.r9s-prompt-form, .r9s-parameters)";
const TYPED = `${FORM} :is(textarea, input:not([type=checkbox]))`;

/** Hands over what is typed in the form when it rests; the function that comes back does so now. */
export function keepTyped(studio, signal) {
  let field = null;
  let timer = null;
  const keep = () => {
    clearTimeout(timer);
    field?.dispatchEvent(new Event("change", { bubbles: true })); // as if it had been left: ipywidgets sends it
    field = null;
  };
  studio.addEventListener(
    "input",
    ({ target }) => {
      if (!target.matches(TYPED)) return;
      field = target;
      clearTimeout(timer);
      timer = setTimeout(keep, REST_MS);
    },
    { signal },
  );
  signal.addEventListener("abort", () => clearTimeout(timer));
  return keep;
}

const unread = (globalThis[Symbol.for("r9s_unread")] ??= new WeakMap()); // what is typed in a cell's prompt

/** A kernel that dies while it is busy has not read what was typed: the page keeps that for the cell's next lab. */
export class Unread {
  /** `ask()` asks the kernel for a word when it has read all that it was sent before. */
  constructor(element, ask) {
    Object.assign(this, { cell: element.closest(".jp-Cell") ?? element, ask, asked: null, isSentAgain: false });
  }

  note(words) {
    if (this.cell.querySelectorAll(".r9s-prompt").length === 1) unread.set(this.cell, words); // else: whose are they?
  }

  sent() {
    this.isSentAgain = this.asked !== null;
    if (this.isSentAgain || !unread.has(this.cell)) return;
    this.asked = unread.get(this.cell);
    this.ask();
  }

  answered() {
    if (unread.get(this.cell) === this.asked) unread.delete(this.cell);
    this.asked = null;
    if (this.isSentAgain) this.sent();
  }

  /** Types it again. */
  bringBack(area) {
    const words = unread.get(this.cell);
    if (words === undefined) return;
    if (words === area.value) return void unread.delete(this.cell);
    area.value = words;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Puts words into a text area as a hand would, so that Ctrl+Z brings back what was there. */
export function putWords(area, words) {
  const before = document.activeElement;
  area.focus({ preventScroll: true });
  area.select();
  document.execCommand(words ? "insertText" : "delete", false, words); // deprecated, and the only way that undo knows
  if (before !== area) before?.focus({ preventScroll: true });
}
