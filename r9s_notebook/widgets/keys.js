// What the page does for the studio, or a part of one, around it: Ctrl+Enter sends, Generate sends what the form shows, a
// second click on it is swallowed, the status is announced to screen readers, code is copied, and a picture is chosen,
// dropped or pasted for editing.

const FOLD = ".r9s-more-parameters .jupyter-widget-Collapse-header";
const COPIED_MS = 2000;

function render({ model, el }) {
  el.classList.add("r9s-keys");
  const controller = new AbortController();
  const { signal } = controller;
  let studio = null;
  let fields = []; // the models of the form's widgets
  let pressed = null; // the button whose press the kernel has not taken up yet

  async function findFields() {
    fields = await Promise.all(model.get("form").map((id) => model.widget_manager.get_model(id)));
  }

  function attach() {
    studio = el.closest(".r9s-lab");
    if (!studio) return false;
    studio.setAttribute("role", "group");
    studio.setAttribute("aria-label", "Image studio");
    studio.addEventListener("keydown", onKey, { signal, capture: true });
    studio.addEventListener("keyup", ({ key }) => key === "z" && peek(false), { signal, capture: true });
    studio.addEventListener("click", onClick, { signal, capture: true });
    studio.addEventListener("dragover", onDragOver, { signal });
    studio.addEventListener("dragleave", () => studio.classList.remove("r9s-dropping"), { signal });
    studio.addEventListener("drop", onFiles, { signal });
    studio.addEventListener("paste", onFiles, { signal });
    complete();
    const parts = new MutationObserver(complete);
    parts.observe(studio, { childList: true, subtree: true, attributeFilter: ["class"] });
    signal.addEventListener("abort", () => parts.disconnect());
    return true;
  }

  // What the widgets do not say of themselves, once they are there: ipywidgets folds with the pointer only, and its fields
  // for numbers cut what is typed down to what they take.
  function complete() {
    for (const number of studio.querySelectorAll(".r9s-n input[type=text]")) {
      Object.assign(number, { type: "number", min: 1, step: 1 });
    }
    for (const status of studio.querySelectorAll(".r9s-status:not([role])")) {
      status.setAttribute("role", "status");
      status.setAttribute("aria-live", "polite");
    }
    for (const header of studio.querySelectorAll(FOLD)) {
      header.tabIndex = 0;
      header.setAttribute("role", "button");
      header.setAttribute("aria-expanded", String(header.parentElement.matches(".jupyter-widget-Collapse-open")));
    }
  }

  const GOES = { G: "go-on", U: "go-back" };
  const isTyping = (target) => target.closest?.("textarea, select, input:not([type=checkbox]):not([type=range])");

  // While Z is held, the result shows what it was made from: before and after in one place.
  function peek(on) {
    studio.querySelector(".r9s-results .r9s-gallery-root")?.dispatchEvent(new CustomEvent("r9s-peek", { detail: on }));
  }

  function onKey(event) {
    const go = event.shiftKey && studio.querySelector(`.r9s-edited [data-act="${GOES[event.key]}"]`);
    const plain = !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && (go || event.key === "z") && !event.target.closest("dialog")) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) go ? go.click() : peek(true);
      return undefined;
    }
    const folds = (event.key === "Enter" || event.key === " ") && event.target.matches?.(FOLD);
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.(".r9s-prompt");
    if (!folds && !sends) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would run the cell
    if (event.repeat) return; // a key that is held is pressed once
    if (folds) return event.target.click();
    event.target.dispatchEvent(new Event("change", { bubbles: true })); // the text as it stands, before the click
    studio.querySelector(".r9s-generate")?.click();
  }

  function onClick(event) {
    if (event.target.closest?.(".r9s-copy")) return copy(event.target.closest(".r9s-copy"));
    if (event.target.closest?.(".r9s-load-image")) return chooseFile();
    const act = event.target.closest?.(".r9s-act[data-act]");
    if (act && event.detail < 2) return model.send({ type: "act", name: act.dataset.act, argument: act.dataset.argument });
    if (!event.target.closest?.(".r9s-generate") || !fields.length) return;
    event.preventDefault();
    event.stopPropagation();
    // ipywidgets holds a widget's second change back until the kernel has answered its first, and a click would
    // overtake it: so the click takes along what the form shows. The second click of a double click says nothing, and
    // while a busy kernel has not taken up the first, neither does any other: it would be another bill.
    if (event.detail > 1 || pressed) return;
    pressed = event.target.closest(".r9s-generate");
    pressed.setAttribute("aria-busy", "true");
    model.send({ type: "press", form: shown() });
  }

  function shown() {
    const said = (field) => field.get("_options_labels")?.[field.get("index")] ?? field.get("value");
    return Object.fromEntries(fields.map((field) => [field.model_id, said(field)]));
  }

  // What the kernel asks for, once the page shows what it sent before.
  function onMessage({ type }) {
    if (type === "pressed") {
      pressed?.removeAttribute("aria-busy");
      pressed = null;
    }
    requestAnimationFrame(() => {
      if (type === "focus-prompt") {
        const prompt = studio?.querySelector(".r9s-prompt textarea");
        prompt?.focus();
        prompt?.select();
      } else if (type === "show-results") {
        studio?.querySelector(".r9s-results")?.scrollIntoView({ block: "nearest" });
      }
    });
  }

  async function copy(button) {
    const code = button.parentElement.querySelector("pre");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      // No clipboard without a secure page: leave it selected, so that Ctrl+C copies it.
      getSelection().selectAllChildren(code);
      button.textContent = "Press Ctrl+C";
    }
    setTimeout(() => (button.textContent = "Copy"), COPIED_MS);
  }

  function chooseFile() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/*";
    input.addEventListener("change", () => hand(input.files[0]));
    input.click();
  }

  // A message over the server's limit would vanish without a word: such a file is refused here, by name and size.
  async function hand(file) {
    if (!file) return;
    const about = { name: file.name, size: file.size };
    if (file.size > model.get("upload_bytes")) model.send({ type: "too-large", ...about });
    else model.send({ type: "file", ...about }, undefined, [await file.arrayBuffer()]);
  }

  function onDragOver(event) {
    if (![...(event.dataTransfer?.items ?? [])].some((item) => item.kind === "file")) return;
    event.preventDefault();
    event.stopPropagation();
    studio.classList.add("r9s-dropping");
  }

  /** Takes a picture that was dropped or pasted; anything else goes where it goes. */
  function onFiles(event) {
    studio.classList.remove("r9s-dropping");
    const { files } = event.dataTransfer ?? event.clipboardData ?? {};
    const picture = [...(files ?? [])].find((file) => file.type.startsWith("image/"));
    if (!picture) return;
    event.preventDefault();
    event.stopPropagation();
    hand(picture);
  }

  model.on("msg:custom", onMessage);
  model.on("change:form", findFields);
  signal.addEventListener("abort", () => {
    model.off("msg:custom", onMessage);
    model.off("change:form", findFields);
  });
  findFields();

  if (!attach()) {
    // The studio's own element may be put into the page after this one is rendered.
    const waiting = new MutationObserver(() => attach() && waiting.disconnect());
    waiting.observe(document.body, { childList: true, subtree: true });
    signal.addEventListener("abort", () => waiting.disconnect());
  }
  return () => controller.abort();
}

export default { render };
