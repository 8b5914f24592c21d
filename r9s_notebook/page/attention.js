// Tells somebody who looks elsewhere that a run has ended: by the page's title, and by a notification where it was asked for.

import { button } from "./dom.js";
import { t } from "./translation.js";

const WANTED = "r9s-notify";
const MARK = /^● .*? · /;
const LONGEST = 60; // characters in a tab's title
const NAME = t("Notify me when a run ends while this page is hidden");

const isWanted = () => {
  try {
    return localStorage.getItem(WANTED) === "yes" && Notification.permission === "granted";
  } catch {
    return false; // no storage, or a browser without notifications
  }
};

/** A function to call with a sentence when a run has ended. */
export function attention(signal) {
  let said = null;
  const bare = () => document.title.replace(MARK, "");
  const show = () => (document.title = said === null ? bare() : `● ${said} · ${bare()}`);
  // The host writes the title, too: a notebook that has changed is marked there.
  const held = new MutationObserver(() => said !== null && !MARK.test(document.title) && show());
  held.observe(document.head, { childList: true, subtree: true, characterData: true });
  const seen = () => {
    if (document.hidden || said === null) return;
    said = null;
    show();
  };
  document.addEventListener("visibilitychange", seen, { signal });
  signal.addEventListener("abort", () => held.disconnect());
  return (sentence) => {
    if (!document.hidden) return;
    said = sentence.length > LONGEST ? `${sentence.slice(0, LONGEST - 1)}…` : sentence;
    show();
    if (!isWanted()) return;
    try {
      const note = new Notification(sentence, { body: bare(), tag: "r9s" });
      note.onclick = () => (focus(), note.close());
    } catch {} // phones have them for service workers only; the title says it
  };
}

/** The button that asks for notifications, once: they are off until it is pressed. */
export function bell(tell) {
  const show = () => element.setAttribute("aria-pressed", String(isWanted()));
  const toggle = async () => {
    const wants = !isWanted();
    const may = wants ? await globalThis.Notification?.requestPermission() : "";
    if (wants && may !== "granted") return tell(t("This browser does not let the page notify: its settings for this site can."));
    try {
      localStorage.setItem(WANTED, wants ? "yes" : "no");
    } catch {}
    show();
    return tell(wants ? t("You will be notified when a run ends while this page is hidden.") : t("No notifications."));
  };
  const element = button({ drawing: "bell", name: NAME, kind: "r9s-bell", onclick: toggle });
  show();
  return element;
}
