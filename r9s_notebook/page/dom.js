// Elements without HTML strings: whatever a prompt contains, it is text.

/** An element with attributes, listeners (`onclick: f`) and children; what is null or false is left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

/** Words of a person: they may be written in any direction, and stay on their own side of what stands beside them. */
export function words(text, tag = "span", attributes = {}) {
  return h(tag, { dir: "auto", ...attributes }, text);
}

const SHAPES = {
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3 14 14",
  star: "m8 1.8 1.9 4 4.3.6-3.1 3 .8 4.4L8 11.7l-3.9 2.1.8-4.4-3.1-3 4.3-.6z",
  close: "m3.5 3.5 9 9m0-9-9 9",
  all: "M3 8h9M8 4l4 4-4 4",
  back: "M13 8H4M8 4 4 8l4 4",
  brush: "M13.5 2.5 7 9M6.2 9.3a2.2 2.2 0 0 0-2.6 2.2c0 1-.5 1.6-1.3 2 2.2.6 5.2 .3 5.3-2.2a2 2 0 0 0-1.4-2z",
  code: "M5.5 4.5 2 8l3.5 3.5m5-7L14 8l-3.5 3.5",
  compare: "M2.5 3.5h4.5v9H2.5zM9 3.5h4.5v9H9z",
  bin: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  open: "M9 3h4v4M7 13H3V9m10-6L9 7m-6 6 4-4",
  vary: "M13 6.5A5.2 5.2 0 0 0 3.6 5M3 9.5A5.2 5.2 0 0 0 12.4 11M3 2.5V5h2.5M13 13.5V11h-2.5",
  download: "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.5h10",
  menu: "M3.5 8h.1M8 8h.1m4.4 0h.1",
  note: "M3 3h10v7.5L10.5 13H3zM5.5 6h5m-5 2.5h3",
  reject: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M4.2 4.2l7.6 7.6",
  full: "M2.5 6V2.5H6m4 0h3.5V6m0 4v3.5H10m-4 0H2.5V10",
  info: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 7v4M8 5h.1",
  keep: "m3 8.5 3.2 3.2L13 4.5",
  earlier: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 5v3.3l2.2 1.5",
  bell: "M3.5 11.5h9c-1.2-1-1.3-2-1.3-4a3.2 3.2 0 0 0-6.4 0c0 2-.1 3-1.3 4zM6.8 13.5h2.4",
  keys: "M2 4.5h12v7H2zM4.5 7h.1M7 7h.1m2.4 0h.1M5 9.5h6",
};

/** A line drawing in the colour of the text around it. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `r9s-icon r9s-icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** A button with a drawing, a label, or both; `name` is what a screen reader says where there is no label. */
export function button({ label = "", drawing = null, name = null, kind = "", ...attributes }) {
  return h(
    "button",
    { type: "button", class: `r9s-do ${kind}`, "aria-label": name, title: name, ...attributes },
    drawing && icon(drawing),
    label && h("span", {}, label),
  );
}

/** Shows a picture of bytes. An image keeps its pixels once it is loaded; the address behind them is given back then. */
export function fill(img, blob) {
  const url = URL.createObjectURL(blob);
  for (const name of ["load", "error"]) img.addEventListener(name, () => URL.revokeObjectURL(url), { once: true });
  img.src = url;
  return img;
}

/** A picture from bytes. */
export const picture = (blob, alt, attributes = {}) => fill(h("img", { alt, draggable: "false", ...attributes }), blob);

/** A small source picture with its mask in ink over it. */
export function masked(answer, beginning, alt) {
  if (!beginning) return null;
  const source = answer.blob(beginning.source);
  const frame = h("span", { class: "r9s-masked" }, picture(source, alt));
  const mask = answer.blob(beginning.mask);
  if (mask) {
    // A style needs an address that stays: a data URI does, without anybody to give it back.
    const reader = new FileReader();
    const ink = h("span", { class: "r9s-masked-ink" });
    reader.onload = () => ink.style.setProperty("--r9s-mask", `url("${reader.result}")`);
    reader.readAsDataURL(mask);
    frame.append(ink);
  }
  return frame;
}
