// A gallery of thumbnails: the result grid, and the history as a strip.
//
// One roving tab stop, as in any listbox: Tab enters and leaves, the arrows move, Enter or Space chooses. Where the
// gallery can open a picture, Enter on the chosen one, a double click, or the corner button shows the original; its
// bytes are asked of the kernel then, and only then.

import { button, fill, h } from "./dom.js";

const ARROWS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

const SETTLE_MS = 1000;
const SOFT = 1.2; // enlarged by more than this, a thumbnail is seen to be one

function scrollerOf(element) {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(at).overflowY);
    if (scrolls && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement;
}

// What was clicked stays under the pointer while the page above it takes its new height.
function holdInPlace(element) {
  const scroller = scrollerOf(element);
  const top = element.getBoundingClientRect().top;
  const stop = new AbortController();
  const scale = scroller.getBoundingClientRect().width / scroller.offsetWidth || 1; // of a page that is shown larger
  const hold = () => (scroller.scrollTop += (element.getBoundingClientRect().top - top) / scale);
  const growing = new ResizeObserver(hold);
  growing.observe(element.closest(".r9s-studio") ?? element);
  stop.signal.addEventListener("abort", () => growing.disconnect());
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(name, () => stop.abort(), { capture: true, passive: true, signal: stop.signal });
  }
  setTimeout(() => stop.abort(), SETTLE_MS);
}

function render({ model, el }) {
  const list = h("div", { class: "r9s-gallery", role: "listbox" });
  el.append(list);

  let viewer = null;
  let pending = false;

  // Items and thumbnails arrive together and are announced one after the other: one rebuild is enough for both.
  function rebuildSoon() {
    if (pending) return;
    pending = true;
    queueMicrotask(() => {
      pending = false;
      rebuild();
    });
  }

  function rebuild() {
    const hadFocus = list.contains(document.activeElement);
    list.className = `r9s-gallery r9s-gallery-${model.get("arrangement")}`;
    list.setAttribute("aria-label", model.get("label"));
    const items = model.get("items");
    const thumbs = model.get("thumbs");
    // One picture is large, two share a row, a few are a square; many are seen at once.
    list.style.setProperty("--r9s-columns", Math.max(1, Math.min(items.length, items.length > 4 ? 4 : 2)));
    list.replaceChildren(...items.map((item, index) => tile(item, thumbs[index], index)));
    mark();
    if (hadFocus) focusTile(model.get("selected"));
    sharpen();
  }

  // A thumbnail that is shown larger than it is: the kernel is asked for as many pixels as are seen, once.
  function sharpen() {
    const items = model.get("items");
    [...list.children].forEach((option, index) => {
      const img = option.querySelector("img");
      if (!img?.naturalWidth || !items[index] || !opens(items[index])) return; // it is asked again once it has loaded
      const { width, height } = items[index];
      const seen = Math.min(width, Math.round(img.clientWidth * devicePixelRatio));
      const had = Number(img.dataset.width ?? img.naturalWidth);
      if (seen <= had * SOFT) return;
      img.dataset.width = seen;
      model.send({ type: "sharpen", index, side: Math.round(seen * Math.max(1, height / width)) });
    });
  }

  function tile(item, thumb, index) {
    const attributes = { class: "r9s-tile", role: "option", title: item.title || "", "data-state": item.state || "" };
    const option = h("div", { ...attributes, onclick: () => choose(index) });
    if (thumb?.byteLength) {
      const img = h("img", { alt: item.alt, draggable: "false", onload: sharpen });
      fill(img, new Blob([thumb], { type: item.type }));
      if (item.width) img.style.aspectRatio = `${item.width} / ${item.height}`;
      option.append(img);
    } else {
      option.setAttribute("aria-label", item.alt);
      option.append(h("span", { class: "r9s-tile-blank" }, item.mark || "–"));
    }
    if (item.badge) option.append(h("span", { class: "r9s-tile-badge", "aria-hidden": "true" }, item.badge));
    if (opens(item)) {
      const open = (event) => {
        event.stopPropagation();
        show(index);
      };
      const name = { title: "Show the original (Enter)", "aria-label": `Show the original of ${item.alt}` };
      option.append(h("button", { type: "button", class: "r9s-tile-open", tabindex: "-1", ...name, onclick: open }, "⤢"));
      option.addEventListener("dblclick", () => show(index));
    }
    return option;
  }

  // A preview has no original yet.
  function opens(item) {
    return model.get("opens") && item.width > 0 && item.state !== "preview";
  }

  function mark() {
    const selected = model.get("selected");
    [...list.children].forEach((option, index) => {
      const chosen = index === selected;
      option.setAttribute("aria-selected", String(chosen));
      option.tabIndex = chosen || (selected < 0 && index === 0) ? 0 : -1;
    });
  }

  function choose(index) {
    if (model.get("arrangement") === "strip") holdInPlace(list);
    model.set("selected", index);
    model.save_changes();
    model.send({ type: "choose", index });
  }

  function focusTile(index) {
    const option = list.children[Math.max(0, Math.min(index, list.children.length - 1))];
    option?.focus({ preventScroll: false });
  }

  list.addEventListener("keydown", (event) => {
    const from = [...list.children].indexOf(event.target.closest(".r9s-tile"));
    if (from < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ARROWS) focusTile(from + ARROWS[event.key]);
    else if (event.key === "Home") focusTile(0);
    else if (event.key === "End") focusTile(list.children.length - 1);
    else if (event.key === " ") choose(from);
    else if (event.key === "Enter") {
      if (opens(model.get("items")[from]) && from === model.get("selected")) show(from);
      else choose(from);
    } else return;
    event.preventDefault();
  });

  function show(index) {
    close();
    const item = model.get("items")[index];
    const img = h("img", { alt: item.alt });
    const thumb = model.get("thumbs")[index];
    if (thumb?.byteLength) fill(img, new Blob([thumb], { type: item.type }));
    if (item.width) img.style.aspectRatio = `${item.width} / ${item.height}`;
    viewer = h(
      "dialog",
      {
        class: "r9s-viewer",
        "aria-label": item.alt,
        "data-index": index,
        onclick: (event) => event.target === viewer && close(),
        onclose: () => {
          viewer?.remove();
          viewer = null;
          focusTile(index);
        },
      },
      img,
      h("p", {}, item.title || item.alt),
      button({ label: "Close", onclick: close }),
    );
    el.append(viewer);
    viewer.showModal();
    model.send({ type: "open", index });
  }

  function close() {
    viewer?.close();
  }

  function receive(content, buffers) {
    const sent = new Blob([buffers[0]], { type: content.media_type });
    if (content.type === "sharp") {
      const img = list.children[content.index]?.querySelector("img");
      if (img?.dataset.width && content.alt === img.alt) fill(img, sent); // else it is another's
      return;
    }
    if (content.type !== "original" || !viewer || Number(viewer.dataset.index) !== content.index) return;
    const img = viewer.querySelector("img");
    fill(img, sent);
    img.dataset.original = "true";
  }

  model.on("change:items change:thumbs change:arrangement", rebuildSoon);
  model.on("change:selected", mark);
  model.on("msg:custom", receive);
  rebuild();
  const widths = new ResizeObserver(sharpen);
  widths.observe(list);

  return () => {
    widths.disconnect();
    model.off("change:items change:thumbs change:arrangement", rebuildSoon);
    model.off("change:selected", mark);
    model.off("msg:custom", receive);
    close();
  };
}

export default { render };
