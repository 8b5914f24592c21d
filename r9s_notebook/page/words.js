// How runs are spoken of, in lists, details and to screen readers. Times are those of the reader's own clock.

import { dates, t, tn } from "./translation.js";

const TIME = dates({ hour: "2-digit", minute: "2-digit" });
const DAY = dates({ day: "numeric", month: "short" });
const DAY_OF_YEAR = dates({ day: "numeric", month: "short", year: "numeric" });
const WHOLE = dates({ dateStyle: "medium", timeStyle: "medium" });

export const STATUSES = {
  succeeded: t("Succeeded"),
  failed: t("Failed"),
  cancelled: t("Cancelled"),
  interrupted: t("Interrupted"),
  running: t("Under way"),
};

export const KINDS = { generate: t("Generated"), edit: t("Edits") };

export const SCOPES = { cell: t("This cell"), notebook: t("This notebook"), project: t("Whole project") };

/** Today's runs by the hour, older ones by the day. */
export function whenShort(milliseconds, now = new Date()) {
  const date = new Date(milliseconds);
  if (date.toDateString() === now.toDateString()) return TIME.format(date);
  const day = date.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR;
  return `${day.format(date)}, ${TIME.format(date)}`;
}

export const whenWhole = (milliseconds) => WHOLE.format(new Date(milliseconds));

export const countedPictures = (count) => tn("{count} picture", "{count} pictures", count);

/** The line under a run's words. */
export function aboutRun(run) {
  const parts = [whenShort(run.created), run.status === "succeeded" ? "" : STATUSES[run.status], run.model, run.size];
  return parts.filter(Boolean).join(" · ");
}

/** A picture of a run in one sentence, for those who do not see it. */
export function spokenRun(item) {
  return [item.words || t("no words"), aboutRun(item), item.kind === "edit" && t("edit")].filter(Boolean).join(", ");
}
