// What the page does for the studio around it, none of which the kernel is needed for: Ctrl+Enter sends, a status that
// screen readers announce, a second click on Generate that is swallowed, and a file too large that is refused at once.

const DOUBLE_CLICK_MS = 700;

function render({ model, el }) {
  el.classList.add("r9s-keys");
  const controller = new AbortController();
  const { signal } = controller;
  let lastStart = 0;
  let studio = null;

  function attach() {
    studio = el.closest(".r9s-studio");
    if (!studio) return false;
    studio.setAttribute("role", "group");
    studio.setAttribute("aria-label", "Image studio");
    studio.addEventListener("keydown", onKey, { signal, capture: true });
    studio.addEventListener("click", onClick, { signal, capture: true });
    studio.addEventListener("change", onFile, { signal, capture: true });
    for (const status of studio.querySelectorAll(".r9s-status")) {
      status.setAttribute("role", "status");
      status.setAttribute("aria-live", "polite");
    }
    return true;
  }

  function onKey(event) {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!sends || !event.target.closest?.(".r9s-prompt")) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would run the cell
    event.target.dispatchEvent(new Event("change", { bubbles: true })); // the text as it stands, before the click
    studio.querySelector(".r9s-generate")?.click();
  }

  function onClick(event) {
    if (event.target.closest?.(".r9s-copy")) return copy(event.target.closest(".r9s-copy"));
    if (!event.target.closest?.(".r9s-generate")) return;
    if (event.timeStamp - lastStart < DOUBLE_CLICK_MS) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    lastStart = event.timeStamp;
  }

  async function copy(button) {
    const code = studio.querySelector(".r9s-code pre");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      // No clipboard without a secure page: leave it selected, so that Ctrl+C copies it.
      getSelection().selectAllChildren(code);
      button.textContent = "Press Ctrl+C";
    }
  }

  function onFile(event) {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.files?.length) return;
    const most = model.get("upload_bytes");
    const [file] = input.files;
    if (file.size <= most) return;
    event.stopPropagation();
    input.value = "";
    model.send({ type: "too-large", name: file.name, size: file.size });
  }

  if (!attach()) {
    // The studio's own element may be put into the page after this one is rendered.
    const waiting = new MutationObserver(() => attach() && waiting.disconnect());
    waiting.observe(document.body, { childList: true, subtree: true });
    signal.addEventListener("abort", () => waiting.disconnect());
  }
  return () => controller.abort();
}

export default { render };
