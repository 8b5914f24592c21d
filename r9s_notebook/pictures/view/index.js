// A gallery: the result grid, the cell's runs as a strip, any pictures; or all that a search of the history finds.

import { button, h } from "../../page/dom.js";
import { countSeconds } from "../../page/elapsed.js";
import { speak, t } from "../../page/translation.js";
import { lookAfterWhole } from "../../page/whole.js";
import { COMPARISONS } from "./actions.js";
import { Shown } from "./book.js";
import { Grid } from "./grid.js";
import { Hands } from "./hands.js";
import { History } from "./history.js";
import { SweepPage } from "./sweep.js";
import { Viewer } from "./viewer.js";

const PAGES = { history: History, sweep: SweepPage };
const SLOW = t("The kernel is busy; the answer comes as soon as it is free.");

let pictures = null; // one book for all views of a model, and longer than any of them: what a view hears ends with it

function initialize({ model }) {
  if (model.get("arrangement") in PAGES) return undefined; // each of its pages has a book of its own
  pictures = new Shown(model);
  return () => pictures.dispose();
}

/** A line that tells what happened, with a way back where there is one. */
function teller() {
  const told = h("p", { class: "r9s-told", role: "status", "aria-live": "polite" });
  const say = (text, back = null) => {
    const act = () => {
      say("");
      back.act();
    };
    told.replaceChildren(text, back ? button({ label: back.label, onclick: act }) : "");
  };
  const onSlow = ({ detail }) => {
    if (detail) say(SLOW);
    else if (told.textContent === SLOW) say("");
  };
  return { told, say, onSlow };
}

/** The viewer over some pictures, made when it is needed first; `focus(index)` gives the focus back to one of them. */
function viewing(book, root, grid) {
  let viewer = null;
  const look = (items, index, mode) => {
    viewer ??= new Viewer(book, (tell, itself) => new Hands(book, { say: tell, look: (...where) => itself.open(...where) }), {
      root,
      leave: (item) => grid().focus(item ? book.items.findIndex(({ id }) => id === item.id) : grid().active),
    });
    viewer.open(items, index, mode);
  };
  return { look, dispose: () => viewer?.dispose() };
}

function render({ model, el }) {
  speak(el);
  const { told, say, onSlow } = teller();
  const controller = new AbortController();
  countSeconds(el, controller.signal);
  lookAfterWhole(model, el, controller.signal);
  const Page = PAGES[model.get("arrangement")];
  if (Page) {
    const page = new Page(model, el, { told, say, onSlow, viewing });
    return () => {
      controller.abort();
      page.dispose();
    };
  }
  const viewer = viewing(pictures, el, () => grid);
  const { look } = viewer;
  const grid = new Grid(pictures, new Hands(pictures, { say, look }));
  const onMessage = ({ type, mode, ids }) => {
    if (type !== "look") return;
    const items = ids ? ids.map((id) => pictures.find(id)).filter(Boolean) : grid.openable;
    const chosen = items[pictures.selected] ?? items[0];
    if (!items.length) return;
    if (COMPARISONS.some((one) => one.mode === mode) && !ids) new Hands(pictures, { say, look }).do("compare", [chosen], { all: items });
    else look(items, mode === "cull" ? 0 : items.indexOf(chosen), mode);
  };
  pictures.addEventListener("slow", onSlow);
  model.on("msg:custom", onMessage);
  el.append(grid.element, told);

  return () => {
    controller.abort();
    pictures.removeEventListener("slow", onSlow);
    model.off("msg:custom", onMessage);
    grid.dispose();
    viewer.dispose();
  };
}

export default { initialize, render };
