// The painter's ink: an anywidget that sits beside ipycanvas and paints on its layer, without a build step.
//
// `initialize` runs once on each page, `render` once for each view. The element of this widget is the painter's status
// line; the stage it listens to is found beside it.

import { InkDocument } from "./document.js";
import { PainterView } from "./view.js";

const inks = new Map(); // a document for each painter on this page, by its layer's id

const inkOf = (model) => {
  const id = model.get("layer");
  if (!inks.has(id)) inks.set(id, new InkDocument(model));
  return inks.get(id);
};

function initialize({ model }) {
  const ink = inkOf(model);
  return () => {
    ink.dispose();
    inks.delete(model.get("layer"));
  };
}

async function render({ model, el }) {
  const ink = inkOf(model);
  await ink.start();
  let view = null;
  const attach = () => {
    const root = el.closest(".r9s-painter");
    if (view || !root?.querySelector(".r9s-stage .r9s-ink")) return;
    view = new PainterView(model, ink, root, el);
    waiting.disconnect();
  };
  // Views come into the page one by one, and in a hidden tab later: whichever comes last starts the view.
  const waiting = new MutationObserver(attach);
  waiting.observe(document.body, { childList: true, subtree: true });
  attach();
  return () => {
    waiting.disconnect();
    view?.dispose();
  };
}

export default { initialize, render };
