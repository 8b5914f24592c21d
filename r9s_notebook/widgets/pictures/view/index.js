// A gallery: the result grid, the cell's runs as a strip, any pictures. See `book.js` for what is kept on the page.

import { button, h } from "../../page/dom.js";
import { Book } from "./book.js";
import { Grid } from "./grid.js";
import { Hands } from "./hands.js";
import { COMPARISONS, Viewer } from "./viewer.js";

const SLOW = "The kernel is busy; the answer comes as soon as it is free.";

let pictures = null; // one book for all views of a model, and longer than any of them: what a view hears ends with it

function initialize({ model }) {
  pictures = new Book(model);
  return () => pictures.dispose();
}

function render({ model, el }) {
  const told = h("p", { class: "r9s-told", role: "status", "aria-live": "polite" });
  const say = (text, back = null) => {
    const act = () => {
      say("");
      back.act();
    };
    told.replaceChildren(text, back ? button({ label: back.label, onclick: act }) : "");
  };
  let viewer = null;
  const look = (items, index, mode) => {
    viewer ??= new Viewer(
      pictures,
      (tell, itself) => new Hands(pictures, { say: tell, look: (...where) => itself.open(...where) }),
      { root: el, leave: (item) => grid.focus(item ? pictures.items.findIndex(({ id }) => id === item.id) : grid.active) },
    );
    viewer.open(items, index, mode);
  };
  const grid = new Grid(model, pictures, new Hands(pictures, { say, look }));
  const onSlow = ({ detail }) => {
    if (detail) say(SLOW);
    else if (told.textContent === SLOW) say("");
  };
  const onMessage = ({ type, mode, ids }) => {
    if (type !== "look") return;
    const items = ids ? ids.map((id) => pictures.find(id)).filter(Boolean) : grid.openable;
    const chosen = items[model.get("selected")] ?? items[0];
    if (!items.length) return;
    if (COMPARISONS.some((one) => one.mode === mode) && !ids) new Hands(pictures, { say, look }).do("compare", [chosen], { all: items });
    else look(items, mode === "cull" ? 0 : items.indexOf(chosen), mode);
  };
  pictures.addEventListener("slow", onSlow);
  model.on("msg:custom", onMessage);
  el.append(grid.element, told);

  return () => {
    pictures.removeEventListener("slow", onSlow);
    model.off("msg:custom", onMessage);
    grid.dispose();
    viewer?.dispose();
  };
}

export default { initialize, render };
