// What the painter's keys do that is no command: they move something, close something, or are held.

import { t } from "../../page/translation.js";

export const NUDGES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NUDGE_KEYS = Object.keys(NUDGES);

/** On the picture, by their `name` in `keyboard.js`; `everywhere` also in the toolbar. */
export const PAINTER_MOVES = [
  { name: "finish", keys: ["Enter"], label: t("Close the polygon; with the crosshair too") },
  { name: "removeCorner", keys: ["Backspace"], label: t("Take back the polygon's last corner") },
  { name: "giveUp", keys: ["Escape"], label: t("Give up the shape, or put the crosshair away"), everywhere: true },
  { name: "takeBack", keys: ["Ctrl+z"], label: t("Give up the shape that is not finished"), everywhere: true },
  { name: "move", keys: NUDGE_KEYS, label: t("Move what was drawn last, or the crosshair") },
  { name: "moveFar", keys: NUDGE_KEYS.map((key) => `Shift+${key}`), label: t("Move it farther") },
  { name: "hold", keys: [" ", "Shift+ "], label: t("Held: drag the image. With the crosshair: paint, held for a line") },
];

/** For the list of all keys: where the label is short, what it is for. */
const spoken = ({ keys, label, hint, group }) => ({ keys, label: ["look", "key"].includes(group) ? hint : label, hint });

export const painterKeys = () => ({
  where: t("Mask painter"),
  at: (place) => place.closest(".r9s-painter"),
  rows: [...PAINTER_COMMANDS.map(spoken), ...PAINTER_MOVES],
});
