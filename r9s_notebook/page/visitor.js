// Whose page this is, where the notebook is served as an app: a secret that this browser keeps for this address, and by
// which the kernel finds the visitor's own history.

const KEPT_AS = `r9s-visitor:${location.pathname}`;

export function visitorSecret() {
  try {
    const known = localStorage.getItem(KEPT_AS);
    if (known) return known;
  } catch {} // a browser that keeps nothing: each visit is somebody else's
  const secret = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    localStorage.setItem(KEPT_AS, secret);
  } catch {}
  return secret;
}
