// How long something has been under way. The page counts: a message for each second would be many.

const LOADED = Date.now();
const began = new Map(); // by the kernel's clock, which may be wrong: when this page has seen it

export function elapsed(since) {
  if (!began.has(since)) began.set(since, since * 1000 < LOADED ? since * 1000 : Date.now());
  return ` · ${Math.floor((Date.now() - began.get(since)) / 1000)} s`;
}

/** Counts in an element, for as long as it is shown. No motion and no sound: neither reduced motion nor a screen reader minds. */
export function countSeconds(element, signal) {
  const timer = setInterval(() => {
    for (const each of element.querySelectorAll("[data-since]")) each.textContent = elapsed(Number(each.dataset.since));
  }, 1000);
  signal.addEventListener("abort", () => clearInterval(timer));
}
