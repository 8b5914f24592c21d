// How runs are spoken of, in lists, details and to screen readers. Times are those of the reader's own clock.

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

export const STATUSES = {
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  interrupted: "Interrupted",
  running: "Under way",
};

export const KINDS = { generate: "Generated", edit: "Edits" };

export const SCOPES = { cell: "This cell", notebook: "This notebook", project: "Whole project" };

/** Today's runs by the hour, older ones by the day. */
export function whenShort(milliseconds, now = new Date()) {
  const date = new Date(milliseconds);
  if (date.toDateString() === now.toDateString()) return TIME.format(date);
  const day = date.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR;
  return `${day.format(date)}, ${TIME.format(date)}`;
}

export const whenWhole = (milliseconds) => WHOLE.format(new Date(milliseconds));

export const counted = (number, noun) => `${number.toLocaleString()} ${noun}${number === 1 ? "" : "s"}`;

/** The line under a run's words. */
export function aboutRun(run) {
  const parts = [whenShort(run.created), run.status === "succeeded" ? "" : STATUSES[run.status], run.model, run.size];
  return parts.filter(Boolean).join(" · ");
}

/** A picture of a run in one sentence, for those who do not see it. */
export function spokenRun(item) {
  return [item.words || "no words", aboutRun(item), item.kind === "edit" && "edit"].filter(Boolean).join(", ");
}
