// What a picture is called, for the ear and beside others.

import { t } from "../../page/translation.js";
import { spokenRating } from "./actions.js";

/** What a picture is called, and what a person says of it. */
export const spokenPicture = ({ alt, rating, favourite }) => [alt, rating && spokenRating(rating), favourite && t("favourite")].filter(Boolean).join(", ");

/** What a picture is called beside another one: its words, cut where they are many, and which of its run it is. */
const nameOf = ({ alt }) => alt.replace(/^(.{32}).{6,}?( \(\d+ \p{L}+ \d+\))?$/u, "$1 …$2");

/** Names that tell them apart: by what varied in their sweep or by their seeds, where their words do not. */
export function namesOf(items) {
  const names = items.map(nameOf);
  if (new Set(names).size === names.length) return names;
  return items.map(({ words, seed }, at) => `${names[at]} · ${words ?? t("seed {seed}", { seed: seed ?? t("unknown") })}`);
}
