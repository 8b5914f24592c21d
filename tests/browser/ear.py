"""What a screen reader is told: the accessibility tree's account of what has the focus, and of what says something."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

POLL_MS = 50
POLLS = 1200
LIVE = "[role=status], [role=alert], [aria-live]"
SAYING = f"""(sentence) => [...document.querySelectorAll(":is(.r9s-lab, .r9s-painter) :is({LIVE})")]
  .findLast((told) => new RegExp(sentence).test(told.textContent))"""


class Ear:
    """Reads the accessibility tree, as assistive technology is given it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._tree = page.context.new_cdp_session(page)
        self._tree.send("Accessibility.enable")

    def close(self) -> None:
        self._tree.send("Accessibility.disable")
        self._tree.detach()

    def hears(self, sentence: str) -> None:
        """Waits until something that is live says what the pattern matches."""
        said = f"({SAYING})({json.dumps(sentence)})"
        self._wait(lambda: self._node(said).get("live") in ("polite", "assertive"), lambda: f"{sentence!r} is not said")

    def is_at(self, thing: str) -> None:
        """Waits until what has the focus is called so: its role, name and states."""
        self._wait(lambda: bool(re.search(thing, self.focused())), lambda: f"{thing!r}: {self.focused()}")

    def focused(self) -> str:
        """Role, name and states of what has the focus."""
        node = self._node("document.activeElement")
        states = [name for name in ("pressed", "expanded") if node.get(name) in (True, "true")]
        return " ".join([node.get("role", ""), node.get("name", ""), *states])

    def _node(self, expression: str) -> dict[str, Any]:
        """Role, name and properties of an element, as the tree has them; nothing where it is not in the tree."""
        found = self._tree.send("Runtime.evaluate", {"expression": expression})["result"]
        if "objectId" not in found:
            return {}
        told = {"objectId": found["objectId"], "fetchRelatives": False}
        (node, *_) = self._tree.send("Accessibility.getPartialAXTree", told)["nodes"]
        if node["ignored"]:
            return {}
        known = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        return known | {name: node[name]["value"] for name in ("role", "name") if "value" in node.get(name, {})}

    def _wait(self, condition: Callable[[], bool], why: Callable[[], str]) -> None:
        for _ in range(POLLS):
            if condition():
                return
            self.page.wait_for_timeout(POLL_MS)  # the interval of the poll
        raise AssertionError(why())
