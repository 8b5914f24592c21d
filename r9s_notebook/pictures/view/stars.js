// A picture's rating as five stars to press; the one that is set takes it away again.

import { h, icon } from "../../page/dom.js";
import { t } from "../../page/translation.js";
import { spokenRating } from "./actions.js";

export function stars(rating, rate) {
  const star = (number) =>
    h(
      "button",
      {
        type: "button",
        class: "r9s-star-of-five",
        tabindex: "-1",
        title: `${spokenRating(number)} (${number})`,
        "aria-label": spokenRating(number),
        "aria-pressed": String(rating >= number),
        onclick: (event) => {
          event.stopPropagation();
          rate(rating === number ? 0 : number);
        },
      },
      icon("star"),
    );
  const name = t("Rating: {rating}", { rating: spokenRating(rating) });
  return h("span", { class: "r9s-stars", role: "group", "aria-label": name, "data-rating": rating }, [1, 2, 3, 4, 5].map(star));
}
