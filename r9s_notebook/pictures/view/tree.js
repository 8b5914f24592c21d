// The family of edits as a picture: generations from left to right, and on each line the source with its mask in ink.

import { h, masked, picture, words } from "../../page/dom.js";
import { stepAmong } from "../../page/key_tables.js";
import { t, tn } from "../../page/translation.js";
import { STATUSES } from "../../page/words.js";

const NODE = 68; // CSS pixels of a picture
const CHIP = 38; // of the mask on a line
const APART = { x: 148, y: 108 };

/** The tree as an element; `choose(id)` is told which run was chosen. Null where there is only one run. */
export function familyTree(answer, current, choose) {
  const { nodes } = answer;
  if (nodes.length < 2) return null;
  const width = (Math.max(...nodes.map((node) => node.column)) + 1) * APART.x - (APART.x - NODE) + 24;
  const height = (Math.max(...nodes.map((node) => node.row)) + 1) * APART.y;
  const items = nodes.map((node, index) => treeItem(answer, node, index, current, choose));
  const sheet = h(
    "div",
    {
      class: "r9s-tree",
      role: "tree",
      "aria-label": t("Family of edits"),
      style: `width: ${width}px; height: ${height}px`,
      onkeydown: (event) => onTreeKey(event, nodes, items),
    },
    lines(nodes, width, height),
    nodes.map((node) => chip(answer, node, nodes)),
    items,
  );
  const rest = answer.hidden ? h("p", {}, tn("… and {count} more run of this family", "… and {count} more runs of this family", answer.hidden)) : null;
  return h("div", { class: "r9s-tree-frame" }, sheet, rest);
}

const left = (node) => node.column * APART.x + 12;
const top = (node) => node.row * APART.y + 4;

function treeItem(answer, node, index, current, choose) {
  const blob = answer.blob(node.thumb);
  const mine = node.id === current;
  const status = node.status === "succeeded" ? "" : `, ${STATUSES[node.status] ?? node.status}`;
  return h(
    "button",
    {
      type: "button",
      class: "r9s-node",
      role: "treeitem",
      "aria-level": node.column + 1,
      "aria-selected": String(mine),
      "aria-label": `${node.beginning?.mask ? t("Masked edit: {words}", { words: node.words }) : node.words}${status}`,
      title: node.words,
      tabindex: mine ? "0" : "-1",
      "data-index": index,
      "data-status": node.status,
      style: `left: ${left(node)}px; top: ${top(node)}px`,
      "aria-disabled": node.id ? null : "true",
      onclick: () => node.id && choose(node.id),
    },
    h("span", { class: "r9s-node-picture" }, blob ? picture(blob, "") : "–"),
    words(node.words, "span", { class: "r9s-node-words" }),
  );
}

/** On the line to an edit: what it began from, and what was to change. */
function chip(answer, node, nodes) {
  if (node.parent === null || !node.beginning?.mask) return null;
  const frame = masked(answer, node.beginning, "");
  frame.classList.add("r9s-tree-chip");
  const between = left(nodes[node.parent]) + NODE + (left(node) - left(nodes[node.parent]) - NODE) / 2;
  frame.style.left = `${between - CHIP / 2}px`;
  frame.style.top = `${top(node) + (NODE - CHIP) / 2}px`;
  frame.setAttribute("aria-hidden", "true");
  return frame;
}

function lines(nodes, width, height) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("aria-hidden", "true");
  for (const node of nodes) {
    if (node.parent === null) continue;
    const from = nodes[node.parent];
    const [x0, y0, x1, y1] = [left(from) + NODE, top(from) + NODE / 2, left(node), top(node) + NODE / 2];
    const path = document.createElementNS(space, "path");
    const turn = x0 + 14;
    const bend = y1 === y0 ? `H ${x1}` : `H ${turn - 8} Q ${turn} ${y0} ${turn} ${y0 + 8} V ${y1 - 8} Q ${turn} ${y1} ${turn + 8} ${y1} H ${x1}`;
    path.setAttribute("d", `M ${x0} ${y0} ${bend}`);
    svg.append(path);
  }
  return svg;
}

/** Left is the parent, right the first child, up and down the neighbours as they are drawn. */
function onTreeKey(event, nodes, items) {
  const index = items.indexOf(event.target);
  if (index < 0) return;
  const aside = {
    ArrowLeft: () => items[nodes[index].parent ?? index],
    ArrowRight: () => items[nodes.findIndex((node) => node.parent === index)],
  }[event.key];
  const next = aside ? aside() : stepAmong(items, event);
  if (!next) return;
  event.preventDefault();
  next.focus();
}
