"""What hands and eyes of all kinds ask of a page, measured in it: the focus in sight, room, rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

FINGER = 40  # CSS pixels that a finger hits

SENSES = """() => {
  const OURS = ".r9s-lab, .r9s-painter, .r9s-gallery-root, .r9s-menu, .r9s-viewer, .r9s-history-page, .r9s-sweep";
  const CONTROL = "button, select, input, textarea, summary, a[href], [tabindex], [role=slider]";
  const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopStyle", "borderTopWidth",
    "borderTopColor", "clipPath"];
  const seen = (e) => e.checkVisibility({ visibilityProperty: true });
  const over = () => [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const controls = () => [...over().querySelectorAll(CONTROL)].filter((e) =>
    e.closest(OURS) && seen(e) && !e.disabled && e.type !== "file" && !e.closest("[inert]") && e.tagName !== "CANVAS");
  const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")} `
    + (e.ariaLabel || e.title || e.textContent || e.placeholder || "").slice(0, 40);

  // What a focus may be drawn with: the element, what is laid over it, the tile around it, the words beside a radio.
  const look = (e) => [e, e.closest(".r9s-tile"), e.nextElementSibling].filter(Boolean)
    .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::after")])
    .flatMap((style) => LOOKS.map((name) => style[name])).join();

  // Without any colour: how thick its lines are, and whether it is filled.
  const isClear = (colour) => /^rgba.*, 0[)]$/.test(colour);  // rgb(0, 0, 0) is black
  const line = (style, what) => (isClear(style[`${what}Color`]) ? 0 : style[`${what}Width`] + style[`${what}Style`]);
  const shape = (e) => [e, e.closest(".r9s-tile"), e.querySelector(".r9s-icon")].filter(Boolean)
    .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::after")])
    .map((style) => [line(style, "borderTop"), line(style, "outline"), style.fill === "none"]).join();
  const GROUP = "[role=toolbar], [role=list], [role=group]";
  const isOn = (e) => e.ariaPressed === "true" || e.ariaCurrent === "true";

  const hits = (e, reach) => {
    e.scrollIntoView({ block: "center", inline: "nearest" });
    const box = (e.closest("label") ?? e).getBoundingClientRect();
    if (Math.min(box.width, box.height) > 2 * reach - 0.1) return true;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return [[1, 0], [-1, 0], [0, 1], [0, -1]].every(([dx, dy]) =>
      e.contains(document.elementFromPoint(x + dx * (reach - 1), y + dy * (reach - 1))));
  };

  const cutOff = (e, root) => {
    const box = e.getBoundingClientRect();
    for (let at = e.parentElement; at && root.contains(at); at = at.parentElement) {
      const around = at.getBoundingClientRect();
      const { overflowX, clipPath } = getComputedStyle(at);
      if (overflowX === "auto" || overflowX === "scroll" || clipPath !== "none") return false;  // one can scroll there
      if (overflowX !== "visible" && (box.right > around.right + 1 || box.left < around.left - 1)) return true;
    }
    const edge = root.getBoundingClientRect();
    return box.right > edge.right + 1 || box.left < edge.left - 1;
  };

  return {
    unseen() {
      const was = document.activeElement;
      was?.blur();
      const before = new Map(controls().map((e) => [e, look(e)]));  // all at once: each change is styled anew
      const bad = [...before].filter(([e, without]) => {
        e.focus({ preventScroll: true });
        return document.activeElement === e && look(e) === without;
      }).map(([e]) => e);
      was?.focus({ preventScroll: true });
      return bad.map(name);
    },
    alike() {
      const all = [...over().querySelectorAll("[aria-pressed], .r9s-filmstrip button")].filter((e) => e.closest(OURS)
        && seen(e) && e !== document.activeElement);
      const groups = Map.groupBy(all, (e) => e.parentElement.closest(GROUP));
      return [...groups.values()].flatMap((group) => {
        const off = group.filter((e) => !isOn(e)).map(shape);
        return group.filter((e) => isOn(e) && off.includes(shape(e))).map(name);
      });
    },
    small: (finger) => controls()
      .filter((e) => e.matches("button, select, input, textarea, summary, a, [role=slider], [role=button]"))
      .filter((e) => getComputedStyle(e).pointerEvents !== "none" && !e.matches(".r9s-skip"))
      .filter((e) => !hits(e, finger / 2)).map(name),
    cut() {
      const root = over() === document ? document.querySelector(".r9s-studio") : over();
      const page = document.querySelector(".jp-WindowedPanel-outer");
      const wide = [page, root].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => `${name(e)} scrolls`);
      const own = [...root.querySelectorAll(`${CONTROL}, p, b, span, label, dd, td`)].filter((e) => seen(e)
        && !e.closest("[aria-hidden=true], .r9s-unseen, .r9s-ear") && e.getBoundingClientRect().width > 1);
      return [...wide, ...own.filter((e) => cutOff(e, root)).map(name)];
    },
    moving() {
      const styles = [...document.querySelectorAll(`:is(${OURS}), :is(${OURS}) *`)].flatMap((e) =>
        [undefined, "::before", "::after"].map((part) => [e, getComputedStyle(e, part)]));
      const moves = (style) => style.animationName !== "none" || /[1-9]/.test(style.transitionDuration);
      return styles.filter(([, style]) => moves(style)).map(([e]) => name(e));
    },
  };
}"""


class Senses:
    """Looks at what is in sight of the lab, under what a person's hands and eyes need; gives what does not hold."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._device = page.context.new_cdp_session(page)

    def unseen_focus(self) -> list[str]:
        """Controls that look the same with the focus as without it."""
        self.page.keyboard.press("Shift")  # where a key was pressed last, the focus is shown
        return self._measure("unseen()")

    def in_forced_colors(self) -> list[str]:
        """What of these two does not hold there."""
        self.page.emulate_media(forced_colors="active")
        try:
            return self.unseen_focus() + self.told_by_colour()
        finally:
            self.page.emulate_media(forced_colors="none")

    def told_by_colour(self) -> list[str]:
        """What is pressed or current, and differs from its neighbours by its colour alone, or not at all."""
        return self._measure("alike()")

    def moving(self) -> list[str]:
        """What moves for a person who has asked for less of it."""
        self.page.emulate_media(reduced_motion="reduce")
        try:
            return self._measure("moving()")
        finally:
            self.page.emulate_media(reduced_motion="no-preference")

    def cut_off(self, width: int, height: int) -> list[str]:
        """What is cut off, or makes the page scroll sideways, in a window of that size."""
        with self._window(width, height, mobile=False):
            return self._measure("cut()")

    def too_small(self) -> list[str]:
        """Controls that a finger misses, where the pointer is coarse."""
        with self._window(820, 1100, mobile=True):
            return self._measure(f"small({FINGER})")

    @contextmanager
    def _window(self, width: int, height: int, *, mobile: bool) -> Iterator[None]:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self._device.send("Emulation.setDeviceMetricsOverride", size)
        self._device.send("Emulation.setTouchEmulationEnabled", {"enabled": mobile, "maxTouchPoints": 5})
        self.page.wait_for_function(FITS, arg=[width, mobile])
        try:
            yield
        finally:
            self._device.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
            now = self.page.viewport_size
            assert now is not None
            self._device.send("Emulation.setDeviceMetricsOverride", {**size, **now, "mobile": False})
            self.page.wait_for_function(FITS, arg=[now["width"], False])

    def _measure(self, what: str) -> list[str]:
        found: list[str] = self.page.evaluate(f"() => ({SENSES})().{what}")
        return [f"{what}: {one}" for one in found]


FITS = """([width, coarse]) => new Promise((done) => {
  const fits = innerWidth === width && matchMedia("(pointer: coarse)").matches === coarse;
  requestAnimationFrame(() => requestAnimationFrame(() => done(fits)));  // and what watches for sizes has had its turn
})"""
