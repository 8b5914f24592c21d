// One picture among others: itself, its state and marks, and what can be done with it.

import { button, fill, h, words } from "../../page/dom.js";
import { elapsed } from "../../page/elapsed.js";
import { readable } from "../../page/key_names.js";
import { t } from "../../page/translation.js";
import { STATUSES, aboutRun, spokenRun } from "../../page/words.js";
import { REJECTED, possible, spokenRating } from "./actions.js";
import { stars } from "./stars.js";

const SHORT = 70; // characters of a prompt that a button's name repeats

/**
 * A tile's element. The picture is one button, what can be done with it are others beside it: nobody has to press a
 * button inside a button.
 */
export function tile(item, { book, hands, grid }) {
  const opens = isOpenable(item);
  const name = [item.created ? spokenRun(item) : item.alt, item.rating && spokenRating(item.rating), item.favourite && t("favourite"), item.noted && t("has a note")];
  const face = h(
    "button",
    {
      type: "button",
      class: "r9s-tile-face",
      tabindex: "-1",
      title: item.title,
      "aria-label": name.filter(Boolean).join(", "),
      onclick: (event) => grid.press(item.id, event),
      ondblclick: () => opens && hands.do("open", [item], { all: grid.openable }),
    },
    inside(item, book),
  );
  const badge = item.badge && h("span", { class: "r9s-tile-badge", "aria-hidden": "true" }, item.badge, seconds(item));
  const parts = [face, badge, item.words && caption(item, book)];
  if (item.retry && book.abilities.includes("retry")) parts.push(retry(item, hands));
  const does = book.abilities.length ? (opens || item.created) && tools : opens && opener;
  const isLate = grid.many && !item.rating && matchMedia("(hover: hover)").matches;
  if (does && !isLate) parts.push(does(item, { book, hands, grid }));
  const element = h(
    "div",
    { class: "r9s-tile", role: "listitem", "data-id": item.id, "data-state": item.state, "data-rating": item.rating, "data-favourite": item.favourite },
    parts,
  );
  // Of many that scroll by, few are pointed at: their buttons are made then.
  const late = () => element.querySelector(".r9s-tile-tools, .r9s-tile-open") ?? element.append(does(item, { book, hands, grid }));
  if (does && isLate) for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, late, { once: true });
  element.face = face;
  element.toggleAttribute("data-rejected", item.rating === REJECTED);
  return element;
}

/** What has a state is no picture yet, or none any more. */
export const isOpenable = (item) => item.width > 0 && !item.state;

/** Puts the small picture in, where it has come since. */
export function showThumb(element, item, book) {
  const small = book.thumb(item);
  const img = element.face.querySelector("img");
  if (small && img) fill(img, small);
  else if (small) element.face.replaceChildren(image(item, small));
}

function inside(item, book) {
  const small = book.thumb(item);
  if (small) return image(item, small);
  const mark = item.mark || (item.v ? "" : (STATUSES[item.status] ?? "–"));
  return h(
    "span",
    { class: "r9s-tile-blank", style: item.width ? `aspect-ratio: ${item.width} / ${item.height}` : null },
    item.state === "running" && h("span", { class: "r9s-spin", "aria-hidden": "true" }),
    h("span", { class: "r9s-tile-words" }, mark, seconds(item)),
  );
}

/** Where pictures of many runs stand together: what each was made from, and when. */
function caption(item, book) {
  if (!book.captions) return null;
  return h(
    "span",
    { class: "r9s-tile-caption", "aria-hidden": "true" },
    words(item.words || t("(no words)")),
    item.created && words(aboutRun(item), "span", { class: "r9s-about" }),
  );
}

const seconds = ({ since }) =>
  since > 0 && h("span", { class: "r9s-elapsed", "data-since": since, "aria-hidden": "true" }, elapsed(since));

function image(item, small) {
  const img = h("img", { alt: item.alt, draggable: "false" });
  if (item.width) img.style.aspectRatio = `${item.width} / ${item.height}`;
  return fill(img, small);
}

function opener(item, { hands, grid }) {
  const onclick = () => hands.do("open", [item], { all: grid.openable });
  return button({ drawing: "open", name: t("Open {picture}", { picture: item.alt.slice(0, SHORT) }), kind: "r9s-tile-open", tabindex: "-1", onclick });
}

function tools(item, { book, hands, grid }) {
  const all = () => grid.openable;
  const acts = possible(book.abilities, [item]).filter(({ shown }) => shown);
  const marks = book.abilities.includes("mark") && item.width > 0;
  return h(
    "div",
    { class: "r9s-tile-tools", role: "group", "aria-label": t("What to do with it") },
    marks && stars(item.rating, (rating) => hands.rate([item], rating)),
    h(
      "span",
      { class: "r9s-tile-acts" },
      acts.map(({ name, label, key, drawing }) =>
        button({
          drawing,
          name: `${label} (${readable(key)})`,
          kind: name === "open" ? "r9s-tile-open" : `r9s-act-${name}`,
          tabindex: "-1",
          onclick: ({ currentTarget }) => hands.do(name, grid.chosen(item), { all: all(), anchor: currentTarget }),
        }),
      ),
      button({
        drawing: "menu",
        name: t("More (.)"),
        kind: "r9s-act-menu",
        "aria-haspopup": "menu",
        tabindex: "-1",
        onclick: ({ currentTarget }) => hands.menu(currentTarget, grid.chosen(item), { all: all() }),
      }),
    ),
  );
}

/** Pressed twice it is one bill. */
function retry(item, hands) {
  const onclick = ({ currentTarget }) => {
    currentTarget.disabled = true;
    hands.act("retry", item).catch(({ message }) => {
      currentTarget.disabled = false;
      hands.say(message);
    });
  };
  return button({ label: t("Retry"), name: t("Ask for this picture again"), kind: "r9s-tile-retry", onclick });
}
