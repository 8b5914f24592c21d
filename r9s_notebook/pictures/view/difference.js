// Where two pictures differ, as a picture, and how much of them does.

const LOOKED_AT = 1024; // pixels that are looked at, at most
const NOTICEABLE = 12; // of 255, in the channel that differs most: less is a JPEG's noise

/** A canvas that shows the first picture in grey with what differs in colour, and the share of pixels that do. */
export function difference(one, other) {
  const scale = Math.min(1, LOOKED_AT / Math.max(one.naturalWidth, one.naturalHeight));
  const width = Math.max(1, Math.round(one.naturalWidth * scale));
  const height = Math.max(1, Math.round(one.naturalHeight * scale));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const pixels = (img) => {
    context.clearRect(0, 0, width, height);
    context.drawImage(img, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  };
  const [a, b] = [pixels(one), pixels(other)];
  let changed = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    let most = 0;
    for (let channel = at; channel < at + 4; channel += 1) most = Math.max(most, Math.abs(a.data[channel] - b.data[channel]));
    const grey = 40 + (a.data[at] + a.data[at + 1] + a.data[at + 2]) / 8;
    const differs = most > NOTICEABLE;
    changed += differs;
    const strength = differs ? 0.35 + (0.65 * most) / 255 : 0;
    a.data[at] = grey + (255 - grey) * strength;
    a.data[at + 1] = grey * (1 - strength) + 60 * strength;
    a.data[at + 2] = grey * (1 - strength) + 160 * strength;
    a.data[at + 3] = 255;
  }
  context.putImageData(a, 0, 0);
  return { canvas, share: changed / (width * height) };
}
