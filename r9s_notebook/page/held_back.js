// What ipywidgets holds back for ever is sent on. It sends a widget's next change when the kernel is done with the one
// before; ipykernel 7.4 reads a widget's message while a cell awaits, and never says that it is done with that one.

const SOON_MS = 1000; // an idle kernel is done long before
const DONE = { content: { execution_state: "idle" } };

/** Looks after all widgets of the whole that a model belongs to, whenever somebody does something in an element. */
export function sendHeldBack(model, element, signal) {
  let whole = null; // the model of the outermost widget, once the kernel has named it
  let timer = null;
  let isAsked = false;
  const waiting = () => [...tree(whole)].filter((each) => each._pending_msgs > 0);

  function soon() {
    timer ??= setTimeout(look, SOON_MS);
  }

  function look() {
    timer = null;
    if (isAsked || (whole && !waiting().length)) return;
    try {
      model.send({ type: "read" });
      isAsked = true;
    } catch {} // the kernel is gone
  }

  // The kernel's answer comes after it has read what was sent before the question; what it has read, it has echoed.
  async function onMessage({ type, whole: id }) {
    if (type !== "read") return;
    whole ??= await model.widget_manager.get_model(id);
    isAsked = false;
    for (const each of waiting()) if (!each._expectedEchoMsgIds?.size) each._handle_status?.(DONE);
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

function* tree(model) {
  yield model;
  for (const child of model.get("children") ?? []) yield* tree(child);
}
