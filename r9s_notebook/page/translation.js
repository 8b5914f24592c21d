// The page's words and numbers in the lab's language. `TRANSLATION` comes with each bundle: see `page/bundles.py`.

// Of that language the kind that the browser is set to: British or American dates.
const LOCALE = navigator.languages.find((one) => one.split("-")[0] === TRANSLATION.language) ?? TRANSLATION.language;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** A text with `{names}` filled in. */
export const t = (text, values = {}) => filled(TRANSLATION.texts[text] ?? text, values);

/** The one of two texts that fits a `{count}`. */
export function tn(one, many, count, values = {}) {
  const text = TRANSLATION.texts[one]?.[TRANSLATION.plural(count)] ?? (count === 1 ? one : many);
  return filled(text, { count: number(count), ...values });
}

/** A text that has several meanings in English. */
export const tp = (context, text) => TRANSLATION.texts[`${context}\u0004${text}`] ?? text;

/** A number as the language writes it. */
export const number = (value, options) => value.toLocaleString(LOCALE, options);

/** Dates and times as the language writes them. */
export const dates = (options) => new Intl.DateTimeFormat(LOCALE, options);

/** Says of an element in which language it speaks: the page around it may be in another one. */
export const speak = (element) => (element.lang = TRANSLATION.language);
