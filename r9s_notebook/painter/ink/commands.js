// What each button and key does, without waiting for the kernel where it can be done here. PAINTER_COMMANDS is the table
// of `painter/commands.py`.

import { number, t } from "../../page/translation.js";
import { OPERATIONS } from "./ops.js";

const SIZE_STEP = 1.15;
const ZOOM_STEP = 1.25;
const OPACITY_STEP = 0.1;
const NOTHING_TO = {
  undo: t("Nothing to undo"),
  redo: t("Nothing to redo"),
  clear: t("Nothing to clear"),
  fill: t("Nothing to fill"),
  invert: t("Nothing to invert"),
};
const COLORS = {
  "#e5484d": t("The mask is red"),
  "#0090ff": t("The mask is blue"),
  "#30a46c": t("The mask is green"),
  "#ffb224": t("The mask is yellow"),
  "#8e4ec6": t("The mask is purple"),
};

/** Name of a command -> what it does in a view. What is neither here nor a whole operation is asked of the kernel. */
export const COMMANDS = {
  undo: ({ document }) => document.perform("undo"),
  redo: ({ document }) => document.perform("redo"),
  smaller: (view) => resize(view, 1 / SIZE_STEP),
  larger: (view) => resize(view, SIZE_STEP),
  fainter: (view) => fade(view, -OPACITY_STEP),
  stronger: (view) => fade(view, OPACITY_STEP),
  color(view) {
    const all = Object.keys(COLORS);
    view.set({ color: all[(all.indexOf(view.model.get("color")) + 1) % all.length] });
    view.say(COLORS[view.model.get("color")]);
  },
  visible: (view) => view.set({ visible: !view.model.get("visible") }),
  more(view) {
    view.set({ more: !view.model.get("more") });
    view.say(view.model.get("more") ? t("More tools; the last of them places shapes by numbers") : t("More tools are put away"));
  },
  crosshair: ({ crosshair }) => crosshair.toggle(),
  zoom_in: ({ stage }) => stage.zoomTo(stage.zoom * ZOOM_STEP),
  zoom_out: ({ stage }) => stage.zoomTo(stage.zoom / ZOOM_STEP),
  fit: ({ stage }) => stage.fit(),
  actual: ({ stage }) => stage.zoomTo(1),
  load: ({ root }) => root.querySelector("button.r9s-load")?.click(),
};

function resize(view, factor) {
  const size = view.model.get("size");
  const next = factor > 1 ? Math.max(size + 1, size * factor) : Math.min(size - 1, size * factor);
  view.set({ size: Math.round(Math.min(Math.max(next, 1), view.model.get("max_size"))) });
  view.say(t("Brush size {size} pixels", { size: number(view.model.get("size")) }));
}

function fade(view, step) {
  const opacity = Math.min(1, Math.max(0.1, view.model.get("opacity") + step));
  view.set({ opacity: Math.round(opacity * 100) / 100 });
  view.say(t("Mask opacity {share} percent", { share: Math.round(opacity * 100) }));
}

const commandOf = (name) => PAINTER_COMMANDS.find((entry) => entry.name === name);

export function run(view, name) {
  const command = commandOf(name);
  if (!command || (command.needs_image && !view.model.get("has_image"))) return;
  const act = OPERATIONS[name]?.whole ? () => view.push({ type: name }) : COMMANDS[name];
  if (command.group === "tool") {
    view.pointers.cancelGesture();
    view.set({ tool: name });
    view.say(command.label);
  } else if (act) {
    const done = act(view);
    if (done === false) view.say(NOTHING_TO[name]);
    else if (command.announce) view.say(command.announce);
  } else {
    view.say(`${command.label}…`);
    view.document.ask(name);
  }
}

/** The toolbar's buttons are the kernel's widgets; their clicks are taken here, and their looks kept up to date. */
export function adoptToolbar(view, signal) {
  const nameOf = (button) => [...button.classList].find((name) => name.startsWith("r9s-cmd-"))?.slice("r9s-cmd-".length);
  view.root.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button[class*='r9s-cmd-']");
      if (!button || button.closest(".r9s-painter") !== view.root) return;
      const name = nameOf(button);
      if (name === "load" && view.model.get("has_image")) return; // the file chooser opens itself
      event.stopPropagation();
      run(view, name);
      if (event.detail > 0) view.stage.element.focus({ preventScroll: true }); // a mouse: the space bar pans again
    },
    { capture: true, signal },
  );
  view.root.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (!target.closest(".r9s-brush-size .noUi-target")) return;
      const goBack = () => view.stage.element.focus({ preventScroll: true });
      window.addEventListener("pointerup", goBack, { once: true, signal });
    },
    { capture: true, signal },
  );
  return () => {
    const { model, document } = view;
    const pressed = { [model.get("tool")]: true, visible: model.get("visible"), more: model.get("more") };
    const idle = { undo: !document.canUndo, redo: !document.canRedo };
    for (const button of view.root.querySelectorAll("button[class*='r9s-cmd-']")) {
      const name = nameOf(button);
      const command = commandOf(name);
      if (command?.group === "tool" || command?.toggles) button.setAttribute("aria-pressed", String(Boolean(pressed[name])));
      // Not `disabled`: a button that has the focus and is disabled takes the keyboard with it.
      button.setAttribute("aria-disabled", String(Boolean(idle[name]) || (command?.needs_image && !model.get("has_image"))));
    }
    view.root.classList.toggle("r9s-has-image", model.get("has_image"));
    view.root.classList.toggle("r9s-more-open", model.get("more"));
    view.stage.element.classList.toggle("r9s-mask-hidden", !model.get("visible"));
    view.stage.element.dataset.gesture = view.tool.gesture;
    view.stage.element.classList.toggle("r9s-takes-away", view.tool.erase);
    view.stage.element.style.setProperty("--r9s-mask-opacity", model.get("opacity"));
  };
}
