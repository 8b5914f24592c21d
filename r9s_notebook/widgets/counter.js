// How long the prompt is, beside its label: quiet, and in words from the first character over the model's limit.

import { h } from "../page/dom.js";
import { number, t } from "../page/translation.js";

/** Counts in `label`'s room; `limit()` is what the model takes, 0 where that is not known, and `hear` says it aloud. */
export class Counter {
  constructor(limit, hear) {
    Object.assign(this, { limit, hear, isOver: false, element: h("span", { class: "r9s-count" }) });
  }

  show(area) {
    if (!area) return;
    if (!area.parentElement.contains(this.element)) area.before(this.element);
    const most = this.limit();
    const length = [...area.value].length; // characters, as the kernel counts them
    const over = most ? length - most : 0;
    const of = most ? ` / ${number(most)}` : "";
    const text = over > 0 ? t("{over} too many: at most {most} characters", { over: number(over), most: number(most) }) : length ? `${number(length)}${of}` : "";
    if (this.element.textContent !== text) this.element.textContent = text;
    this.element.classList.toggle("r9s-over", over > 0);
    if (over > 0 && !this.isOver) this.hear(t("The prompt is longer than the {most} characters that the model takes.", { most: number(most) }));
    this.isOver = over > 0;
  }
}
