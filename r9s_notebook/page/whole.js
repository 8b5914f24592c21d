// All widgets of the outermost one that a model belongs to: what front ends hold back for ever is sent on, and what they
// keep for ever is let go.

const SOON_MS = 1000; // an idle kernel is done long before
const DONE = { content: { execution_state: "idle" } };

/**
 * Looks after them for as long as a view is shown in an element.
 *
 * ipywidgets sends a widget's next change when the kernel is done with the one before; ipykernel 7.4 reads a widget's
 * message while a cell awaits, and never says that it is done with that one. So the kernel is asked where somebody has
 * done something here and a change is still waiting a while later.
 */
export async function lookAfterWhole(model, element, signal) {
  const whole = await find(model, model.get("whole"));
  if (!whole || signal.aborted) return;
  letGoWhenClosed(whole);
  let timer = null;
  let isAsked = false;
  const waiting = () => [...partsOf(whole)].filter((part) => part._pending_msgs > 0);

  function soon() {
    timer ??= setTimeout(look, SOON_MS);
  }

  function look() {
    timer = null;
    letGoWhenClosed(whole); // also what has come meanwhile
    if (isAsked || !waiting().length) return;
    try {
      model.send({ type: "read" });
      isAsked = true;
    } catch {} // the kernel is gone
  }

  // The kernel's answer comes after it has read what was sent before the question; what it has read, it has echoed.
  function onMessage({ type }) {
    if (type !== "read") return;
    isAsked = false;
    for (const part of waiting()) if (!part._expectedEchoMsgIds?.size) part._handle_status?.(DONE);
    if (waiting().length) soon();
  }

  model.on("msg:custom", onMessage);
  for (const name of ["input", "change", "click", "keyup", "pointerup"]) {
    element.addEventListener(name, soon, { signal, capture: true });
  }
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    model.off("msg:custom", onMessage);
  });
}

// A connection of JupyterLab 4.4 keeps each comm that was ever opened, and so whatever the comm calls: a model, its views,
// their canvases.
function letGoWhenClosed(whole) {
  for (const part of partsOf(whole)) {
    if (toLetGo.has(part)) continue;
    toLetGo.add(part);
    part.once("destroy", letGo);
    for (const id of part.get("links") ?? []) find(part, id).then((link) => link && letGoWhenClosed(link));
  }
}

function letGo({ comm }) {
  comm?.on_msg?.(Function.prototype); // does nothing, and keeps nothing
  comm?.on_close?.(Function.prototype);
}

const toLetGo = new WeakSet();

/** Another model of the same front end; null where it has none of that id: some keep only a part of them. */
async function find(model, id) {
  try {
    return await model.widget_manager.get_model(id);
  } catch {
    return null;
  }
}

function* partsOf(model, seen = new Set()) {
  if (seen.has(model)) return;
  seen.add(model);
  yield model;
  for (const value of Object.values(model.attributes)) {
    for (const part of Array.isArray(value) ? value : [value]) if (part?.comm && part.attributes) yield* partsOf(part, seen);
  }
}
