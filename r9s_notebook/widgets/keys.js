// What the page does for the studio, or a part of one, around it: Ctrl+Enter sends, Generate sends what the form shows, a
// press waits for a busy kernel and is done once, the status is announced to screen readers, code is copied, and a
// picture is chosen, dropped or pasted for editing.

import { attention, bell } from "../page/attention.js";
import { button, h } from "../page/dom.js";
import { countSeconds } from "../page/elapsed.js";
import { isPress, keyName } from "../page/key_tables.js";
import { openKeys } from "../page/keys_help.js";
import { speak, t } from "../page/translation.js";
import { FORM, Unread, keepTyped, putWords } from "../page/typing.js";
import { visitorSecret } from "../page/visitor.js";
import { lookAfterWhole } from "../page/whole.js";
import { painterKeys } from "../painter/ink/moves.js";
import { Counter } from "./counter.js";
import { PICTURE_KEYS } from "./pictures/view/picture_keys.js";
import { goOn, skipLink } from "./places.js";
import { Recall } from "./recall.js";

const FOLD = ".r9s-more-parameters .jupyter-widget-Collapse-header";
const PROMPT = ".r9s-prompt textarea";
const TYPED_WORDS = "words";
const COPIED_MS = 2000;
const HELD_MS = 700;
const HELD = t("The kernel is busy: this is kept, and done once as soon as it is free.");

const FOREIGN = t("Ctrl+Enter sends from the form; here it does nothing.");
const GONE = t("The kernel has ended: run this cell again.");
const isTyping = (target) => target.closest?.("textarea, select, input:not([type=checkbox]):not([type=range])");

function render({ model, el }) {
  el.classList.add("r9s-keys");
  const controller = new AbortController();
  const { signal } = controller;
  const on = (target, name, listener, options = {}) => target.addEventListener(name, listener, { signal, ...options });
  let studio = null;
  let fields = []; // the models of the form's widgets
  const touched = new Set(); // the models of those that a hand has changed since the form was left
  let unread = null;
  let keep = () => {}; // hands over what is being typed
  const held = new Map(); // what was pressed and the kernel has not taken up yet: its button, by a name
  let isComplete = false; // the prompt has come into the page
  let slow = null; // a timer: says so where that takes long

  const told = h("p", { class: "r9s-told" });
  const ear = h("p", { class: "r9s-ear", role: "status", "aria-live": "polite" });
  const tell = (text) => (told.textContent = hear(text));
  const hear = (text) => (ear.textContent = text);
  const ended = attention(signal);
  const recall = new Recall(() => send({ type: "earlier" }));
  const counter = new Counter(() => model.get("prompt_limit"), hear);
  const count = () => counter.show(studio?.querySelector(PROMPT));
  const openEarlier = () => recall.open(studio, studio.querySelector(PROMPT));
  const tools = h(
    "span",
    { class: "r9s-form-tools" },
    button({ drawing: "earlier", name: t("Earlier prompts (Alt+↑)"), kind: "r9s-earlier-open", onclick: openEarlier }),
    bell(tell),
    button({ drawing: "keys", name: t("Keys (?)"), kind: "r9s-keys-open", onclick: ({ currentTarget }) => showKeys(currentTarget) }),
  );

  const skip = skipLink(() => studio);

  /** Whether there is a kernel to hear it. */
  function send(...message) {
    try {
      model.send(...message);
      return true;
    } catch {
      return false;
    }
  }

  async function findFields() {
    const found = await Promise.all(model.get("form").map((id) => model.widget_manager.get_model(id)));
    forgetFields(); // and not before: what is typed meanwhile is looked after as well
    fields = found;
    for (const field of fields) {
      field.on("all", onField);
      if (field.get("_view_name") === "TextareaView") field.on("change:value", onWords);
    }
  }

  function forgetFields() {
    for (const field of fields) field.off("all", onField).off("change:value", onWords);
  }

  // Whatever changes of a field, ipywidgets shows its value anew: what is being typed there has to be its value by then.
  function onField(name, field, _value, options) {
    if (options?.updated_view) touched.add(field);
    if (name.startsWith("change:") && name !== "change:value") keep();
  }

  function attach() {
    studio = el.closest(".r9s-lab");
    if (!studio) return false;
    studio.setAttribute("role", "group");
    studio.setAttribute("aria-label", t("Image studio"));
    speak(studio);
    const ended = t("The kernel has ended. Run this cell again to go on: every run is kept.");
    studio.style.setProperty("--r9s-ended", JSON.stringify(ended));
    on(studio, "keydown", onKey, { capture: true });
    on(studio, "keyup", ({ key }) => keyName({ key }) === "z" && peek(false), { capture: true });
    on(studio, "click", onClick, { capture: true });
    on(studio, "dragover", onDragOver);
    on(studio, "dragleave", () => studio.classList.remove("r9s-dropping"));
    on(studio, "drop", onFiles);
    on(studio, "paste", onFiles);
    keep = keepTyped(studio, signal);
    lookAfterWhole(model, studio, signal);
    countSeconds(studio, signal);
    unread = new Unread(studio, () => send({ type: "typed", what: TYPED_WORDS }));
    on(studio, "input", onInput);
    on(studio, "change", ({ target }) => target.matches(PROMPT) && unread.sent());
    on(studio, "focusout", ({ target, relatedTarget }) => target.closest(FORM) && !relatedTarget?.closest(FORM) && leave());
    on(window, "pagehide", leave);
    on(document, "visibilitychange", () => document.hidden && leave());
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
    for (const header of studio.querySelectorAll(FOLD)) {
      header.tabIndex = 0;
      header.setAttribute("role", "button");
      header.setAttribute("aria-expanded", String(header.parentElement.matches(".jupyter-widget-Collapse-open")));
    }
    const area = studio.querySelector(PROMPT);
    if (area && !isComplete) unread.bringBack(area);
    isComplete = Boolean(area);
    count();
    const form = studio.querySelector(".r9s-prompt-form");
    if (form && !form.contains(told)) form.append(told, ear);
    const buttons = form?.querySelector(".r9s-generate")?.parentElement;
    if (buttons && !buttons.contains(tools)) buttons.append(tools);
    if (buttons && !buttons.contains(skip)) buttons.querySelector(".r9s-cancel")?.after(skip);
    listen();
  }

  function onInput({ target }) {
    if (!target.matches(PROMPT)) return;
    unread.note(target.value);
    count();
  }

  // The status line is written anew each second; whoever listens hears each of its sentences once, and an error as what
  // it is, an alert of its own.
  let sentence = "";
  let isUnderWay = false;
  function listen() {
    if (studio.matches(".jupyter-widgets-disconnected")) for (const what of held.keys()) taken(what);
    const status = studio.querySelector(".r9s-status-text");
    const now = status?.firstChild?.textContent ?? "";
    const wasUnderWay = isUnderWay;
    isUnderWay = status?.matches(".r9s-is-running") ?? false;
    if (now && now !== sentence && !status.matches("[role=alert]")) hear(now);
    if (wasUnderWay && !isUnderWay && now) ended(now);
    sentence = now;
  }

  // While Z is held, the result shows what it was made from: before and after in one place.
  function peek(on) {
    studio.querySelector(".r9s-results .r9s-gallery-root")?.dispatchEvent(new CustomEvent("r9s-peek", { detail: on }));
  }

  // `finds(event)` gives what a key does at its place, or nothing: then it is another row's, or nobody's. Those of the lab
  // rest where one types, but for `typing`, and in what lies over it, but for `over`.
  const promptKeys = [
    { keys: ["ArrowUp", "ArrowDown"], label: t("In an empty prompt: the earlier prompts, one after the other"), finds: ({ target, key }) => recall.step(target, key) },
    { keys: ["Alt+ArrowUp"], label: t("A list of the earlier prompts"), finds: () => openEarlier },
  ];
  const labKeys = [
    { keys: ["Ctrl+Enter"], label: t("Send what the form shows"), typing: true, finds: ({ target }) => sends(target) },
    { keys: ["Alt+ArrowDown"], label: t("On to the pictures, and further down"), typing: true, finds: ({ target }) => !target.matches("select") && (() => goOn(studio, target, 1)) },
    { keys: ["Alt+ArrowUp"], label: t("Back up, to the prompt"), finds: ({ target }) => () => goOn(studio, target, -1) },
    { keys: ["z"], label: t("Held: see what the result was made from"), finds: () => () => peek(true) },
    { keys: ["Shift+g"], label: t("Go on from the result"), finds: () => pressing("go-on") },
    { keys: ["Shift+u"], label: t("Back to the former source with its mask"), finds: () => pressing("go-back") },
    { keys: ["?"], label: t("This list"), over: true, finds: ({ target }) => () => showKeys(target) },
  ];
  const sections = [
    { where: t("Prompt"), at: (place) => place.closest(".r9s-prompt-form"), rows: promptKeys },
    ...PICTURE_KEYS,
    painterKeys(),
    { where: t("Everywhere"), at: (place) => !place.closest("dialog"), rows: labKeys },
  ];

  function showKeys(place) {
    openKeys(place.closest("dialog") ?? studio, sections, place);
  }

  function onKey(event) {
    const act = keyed(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would run the cell
    if (!event.repeat) act(); // a key that is held is pressed once
  }

  /** What a key does here, or nothing. */
  function keyed(event) {
    const { target } = event;
    if (target.closest(".r9s-keys-help")) return null;
    const name = keyName(event);
    const isText = isTyping(target);
    const isOver = target.closest("dialog");
    const may = ({ typing, over }) => (typing || !isText) && (over || !isOver);
    for (const { keys, finds } of [...(target.matches(PROMPT) ? promptKeys : []), ...labKeys.filter(may)]) {
      const act = keys.includes(name) && finds(event);
      if (act) return act;
    }
    // ipywidgets' text fields let no key out; this one is the host's wherever one types.
    if (isText && !isOver && name === "Ctrl+s") return () => studio.dispatchEvent(new KeyboardEvent("keydown", event));
    return isPress(event) && target.matches(FOLD) ? () => target.click() : null;
  }

  function sends(target) {
    if (!studio.querySelector(".r9s-generate")) return null;
    return isTyping(target) && !target.closest(FORM) ? () => tell(FOREIGN) : press;
  }

  function pressing(act) {
    const button = studio.querySelector(`.r9s-edited [data-act="${act}"]`);
    return button && (() => button.click());
  }

  function onClick(event) {
    const { target, detail } = event;
    if (target.closest(".r9s-copy")) return copy(target.closest(".r9s-copy"));
    if (target.closest(".r9s-load-image")) return chooseFile();
    const fold = target.closest(".r9s-fold");
    if (fold) return fold.setAttribute("aria-expanded", String(fold.ariaExpanded !== "true"));
    const act = target.closest(".r9s-act[data-act]");
    const isFirst = detail < 2; // the second click of a double click says nothing
    if (act && isFirst) return hold(act, { type: "act", name: act.dataset.act, argument: act.dataset.argument });
    if (!target.closest(".r9s-generate") || !fields.length) return;
    event.preventDefault();
    event.stopPropagation();
    if (isFirst) press();
  }

  // ipywidgets holds a widget's second change back until the kernel has answered its first, and a click would overtake
  // it: so a press takes along what the form shows.
  function press() {
    const generate = studio.querySelector(".r9s-generate");
    if (!fields.length) return generate?.click();
    keep();
    hold(generate, { type: "press", form: shown(fields), says: generate?.textContent });
  }

  /** Sends it, once: while a busy kernel has not taken it up, another press would be another bill. */
  function hold(pressed, message) {
    const what = [message.type, message.name, message.argument].join(" ");
    if (held.has(what)) return;
    held.set(what, pressed);
    pressed?.setAttribute("aria-busy", "true");
    slow ??= setTimeout(() => tell(HELD), HELD_MS);
    if (send({ ...message, what })) return;
    taken(what);
    tell(GONE);
  }

  function taken(what) {
    held.get(what)?.removeAttribute("aria-busy");
    held.delete(what);
    if (held.size) return;
    clearTimeout(slow);
    slow = null;
    if (told.textContent === HELD) tell("");
  }

  function shown(some) {
    const said = (field) => field.get("_options_labels")?.[field.get("index")] ?? field.get("value");
    return Object.fromEntries(some.map((field) => [field.model_id, said(field)]));
  }

  /** Whoever closes the page or runs a cell takes no words along that a busy kernel has not been sent yet. */
  function leave() {
    keep();
    if (touched.size && send({ type: "form", form: shown([...touched]) })) touched.clear();
  }

  /** The kernel has put other words into the prompt; where a hand is in the lab, it can take that back. */
  function onWords(_field, words) {
    const area = studio?.querySelector(PROMPT);
    const isAtHand = studio?.contains(document.activeElement) || document.activeElement === document.body;
    if (area?.value && area.value !== words && isAtHand) putWords(area, words);
    requestAnimationFrame(count);
  }

  // What the kernel asks for, once the page shows what it sent before.
  function onMessage({ type, what, prompts }) {
    if (type === "taken") what === TYPED_WORDS ? unread.answered() : taken(what);
    else if (type === "earlier") recall.hear(prompts);
    else if (type === "focus-prompt") showPrompt();
    else if (type === "show-results") {
      requestAnimationFrame(() => studio?.querySelector(".r9s-results")?.scrollIntoView({ block: "nearest" }));
    }
  }

  function showPrompt() {
    const prompt = studio?.querySelector(PROMPT);
    const go = () => requestAnimationFrame(() => (prompt?.focus(), prompt?.select()));
    const over = studio?.querySelector("dialog[open]");
    if (!over) return go();
    over.addEventListener("close", go, { once: true });
    return over.close(); // behind it nothing is seen, and nothing can have the focus
  }

  async function copy(button) {
    const code = button.parentElement.querySelector("pre");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = t("Copied");
    } catch {
      // No clipboard without a secure page: leave it selected, so that Ctrl+C copies it.
      getSelection().selectAllChildren(code);
      button.textContent = t("Press Ctrl+C");
    }
    setTimeout(() => (button.textContent = t("Copy")), COPIED_MS);
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
  model.on("change:prompt_limit", count);
  signal.addEventListener("abort", () => {
    model.off("msg:custom", onMessage);
    model.off("change:form", findFields);
    model.off("change:prompt_limit", count);
    forgetFields();
    clearTimeout(slow);
  });
  findFields();
  if (model.get("has_visitors")) send({ type: "visitor", secret: visitorSecret() });

  if (!attach()) {
    // The studio's own element may be put into the page after this one is rendered.
    const waiting = new MutationObserver(() => attach() && waiting.disconnect());
    waiting.observe(document.body, { childList: true, subtree: true });
    signal.addEventListener("abort", () => waiting.disconnect());
  }
  return () => controller.abort();
}

export default { render };
