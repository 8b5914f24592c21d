// How long something has been under way. The page counts: a message for each second would be many.

const LOADED = Date.now();
const began = new Map(); // by the kernel's clock, which may be wrong: when this page has seen it

export function elapsed(since) {
  if (!began.has(since)) began.set(since, since * 1000 < LOADED ? since * 1000 : Date.now());
  return ` · ${Math.floor((Date.now() - began.get(since)) / 1000)} s`;
}

// No motion and no sound: neither reduced motion nor a screen reader minds.
setInterval(() => {
  for (const element of document.querySelectorAll("[data-since]")) element.textContent = elapsed(Number(element.dataset.since));
}, 1000);
