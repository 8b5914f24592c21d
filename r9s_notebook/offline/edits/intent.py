"""What an edit's prompt wants done, before any pixel is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from r9s_notebook.offline.sketch.brief import Brief
from r9s_notebook.offline.sketch.grammar import Scene, parse

Action = Literal["add", "swap", "remove", "scene", "restyle", "recolour", "relight"]


@dataclass(frozen=True)
class Intent:
    """An edit.

    Attributes:
        action: ``add`` draws things over what is there, ``swap`` draws them where something was, ``remove`` fills from
            the surroundings, ``scene`` fills with another place, ``restyle`` paints in a look, ``recolour`` gives
            another colour, ``relight`` another hour or weather.
        scene: What is to be drawn, or the look, colour or hour to give.
        prompt: The part of the prompt that describes it.
    """

    action: Action
    scene: Scene
    prompt: str


_REMOVE = re.compile(
    r"^\W*(?:please )?(?:remove|erase|delete|get rid of|take (?:out|away)|clean up|hide|inpaint)\b", re.IGNORECASE
)
_WITH = re.compile(
    r"^\W*(?:please )?(?:replace|swap|change|turn|convert|transform)\b"
    r"(?P<what>.*?)\b(?:with|by|into|to|for)\b(?P<by>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_MAKE = re.compile(
    r"^\W*(?:please )?(?:make|turn|render|redraw|repaint|restyle|style|convert|paint|recolou?r|colou?r|tint)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:to|onto|on|in|into|at|over|behind|beside|next to|for|near|under|above|of)\s+"
    r"(?:the|his|her|its|their|my|our|your|this|that|a|an|it|him|them)\b"
    r".*$",
    re.IGNORECASE | re.DOTALL,
)
"""Where the new thing goes: that is in the picture already."""
_ADD = re.compile(r"^\W*(?:please )?(?:add|put|place|give|draw|insert)\b", re.IGNORECASE)
_BACKGROUND = re.compile(r"\b(?:background|backdrop|sky|scenery|surroundings|place)\b", re.IGNORECASE)


def intent(prompt: str, *, masked: bool) -> Intent:  # noqa: PLR0911 - one return for each kind of sentence
    """Read an edit's prompt.

    Args:
        prompt: As given.
        masked: Whether a part of the image was marked.
    """
    if _REMOVE.match(prompt):
        return Intent("remove", Scene(), prompt)
    exchange = _WITH.match(prompt)
    if exchange:
        wanted = exchange["by"].strip()
        scene = parse(wanted)
        if scene.things and not _BACKGROUND.search(exchange["what"]):
            return Intent("swap" if masked else "add", scene, wanted)
        return Intent(_without_things(scene, masked), scene, wanted)
    scene = parse(prompt)
    if _MAKE.match(prompt):
        if scene.look:
            return Intent("restyle", scene, prompt)
        colours = (*scene.colours, *(name for thing in scene.things for name in thing.colours))
        if colours and masked and not scene.place:
            return Intent("recolour", scene, prompt)
        if not scene.things:
            return Intent(_without_things(scene, masked), scene, prompt)
    if scene.things and _ADD.match(prompt):
        named = parse(_TARGET.sub("", prompt))
        return Intent("add", named if named.things else scene, prompt)
    if scene.things:
        return Intent("scene" if scene.place else "add", scene, prompt)
    return Intent(_without_things(scene, masked), scene, prompt)


def _without_things(scene: Scene, masked: bool) -> Action:
    if scene.look and not scene.place:
        return "restyle"
    if scene.place or (masked and (scene.hour or scene.extras)):
        return "scene"
    if scene.hour or scene.weather or scene.season:
        return "relight"
    if scene.colours:
        return "recolour"
    return "scene"


def told(brief: Brief, *, masked: bool) -> str:
    """What an edit was understood as, and what does it: the answer's ``revised_prompt``."""
    wanted = intent(brief.prompt, masked=masked)
    things = " and ".join(" ".join((*thing.colours, thing.kind)) for thing in wanted.scene.things)
    hour = " ".join(word for word in (wanted.scene.hour, wanted.scene.weather, wanted.scene.season) if word)
    place = f"the {wanted.scene.place.replace('_', ' ')}" if wanted.scene.place else ""
    done = {
        "add": f"added {things}",
        "swap": f"took away what was there, drew {things}",
        "remove": "filled the region from its surroundings",
        "scene": "drew " + (", ".join(part for part in (things, place, hour) if part) or "an abstract composition"),
        "restyle": f"repainted in the look {wanted.scene.look}",
        "recolour": "gave another colour",
        "relight": f"changed the light to {hour}",
    }[wanted.action]
    return f"Edited by the sketch engine (vector shapes, no AI model): {done}."
