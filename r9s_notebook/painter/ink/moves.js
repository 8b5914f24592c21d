// What the painter's keys do that is no command: they move something, or are held.

import { t } from "../../page/translation.js";

export const NUDGES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** For the list of all keys. */
export const PAINTER_MOVES = [
  { keys: Object.keys(NUDGES), label: t("Move what was drawn last, or the crosshair; with Shift farther") },
  { keys: [" "], label: t("Held: drag the image. With the crosshair: paint, held for a line") },
  { keys: ["Enter"], label: t("Close the polygon; with the crosshair too") },
  { keys: ["Escape"], label: t("Give up the shape, or put the crosshair away") },
];
