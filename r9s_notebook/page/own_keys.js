// Keys that are pressed in the lab are the lab's, whichever of its elements has the focus, and in whatever part of it.

const LAB = ".r9s-lab, .r9s-painter, .r9s-gallery-root, .r9s-menu, .r9s-viewer, .r9s-history-page, .r9s-sweep";
const inLab = ({ target }) => target.closest?.(LAB);
const isPlain = ({ key, ctrlKey, metaKey, altKey }) => !ctrlKey && !metaKey && !altKey && key !== "Tab";

// JupyterLab looks for a command when a key is on its way out, and Notebook 7 when it is on its way in: this is before
// either. They take this class for somebody who writes in an output, when their commands for cells rest ("x" cuts one,
// Ctrl+A selects all), and with this attribute an element is asked for none: not even Ctrl+Z, but still Ctrl+S.
function keepFromJupyter(event) {
  if (!inLab(event)) return;
  event.target.closest(".jp-Notebook")?.classList.add("jp-mod-readWrite");
  event.target.toggleAttribute("data-lm-suppress-shortcuts", isPlain(event) || /^[zy]$/i.test(event.key));
}

if (!window.r9sOwnKeys) {
  window.r9sOwnKeys = true; // once for a page, whichever part of the lab comes first
  window.addEventListener("keydown", keepFromJupyter, { capture: true });
  // Other hosts listen at the page's outermost.
  document.body.addEventListener("keydown", (event) => inLab(event) && isPlain(event) && event.stopPropagation());
}
