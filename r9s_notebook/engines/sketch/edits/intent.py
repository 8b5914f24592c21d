"""What an edit's prompt wants done, before any pixel is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from r9s_notebook.engines.sketch.brief import Brief
from r9s_notebook.engines.sketch.grammar import Scene, parse
from r9s_notebook.engines.sketch.subjects.registry import WORN

Action = Literal["add", "swap", "remove", "scene", "sky", "letter", "restyle", "recolour", "relight", "veil", "keep"]


@dataclass(frozen=True)
class Intent:
    """An edit.

    Attributes:
        action: ``add`` draws things over what is there, ``swap`` draws them where something was, ``remove`` fills from
            the surroundings, ``scene`` fills with another place, ``sky`` with its sky alone, ``letter`` writes,
            ``restyle`` paints in a look, ``recolour`` gives another colour, ``relight`` another hour or weather,
            ``veil`` lays a light pattern over what is there, for words that mean nothing to the engine, and ``keep``
            leaves the image alone: what should change would have to be marked.
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
_WEAR = re.compile(r"\bwear(?:s|ing)?\b(?P<what>.+)$", re.IGNORECASE | re.DOTALL)
_SNOW = re.compile(r"\bsnow(?:s|ing|y|fall)?\b", re.IGNORECASE)
_SKY = re.compile(r"\bsk(?:y|ies)\b", re.IGNORECASE)
_BACKGROUND = re.compile(r"\b(?:background|backdrop|sky|scenery|surroundings|place)\b", re.IGNORECASE)


def intent(prompt: str, *, masked: bool) -> Intent:  # noqa: PLR0911 - one return for each kind of sentence
    """Read an edit's prompt.

    Args:
        prompt: As given.
        masked: Whether a part of the image was marked.
    """
    if _REMOVE.match(prompt):
        return Intent("remove" if masked else "keep", Scene(), prompt)
    worn = _WEAR.search(prompt)
    if worn and parse(worn["what"]).things:
        return Intent("add", parse(worn["what"]), worn["what"])
    exchange = _WITH.match(prompt)
    if exchange:
        return _exchanged(exchange["what"], exchange["by"].strip(), masked=masked)
    scene = parse(prompt)
    if _SNOW.search(prompt) and not scene.weather:
        scene = replace(scene, weather="snow")
    if scene.letters and not scene.things:
        return Intent("letter", scene, prompt)
    if _MAKE.match(prompt):
        if scene.look:
            return Intent("restyle", scene, prompt)
        colours = (*scene.colours, *(name for thing in scene.things for name in thing.colours))
        if colours and masked and not scene.place:
            return Intent("recolour", scene, prompt)
    if not scene.things:
        return Intent(_without_things(scene, masked), scene, prompt)
    return _drawn(prompt, scene, masked=masked)


def _exchanged(what: str, by: str, *, masked: bool) -> Intent:
    """Replace what is there by something else."""
    scene = parse(by)
    if _SKY.search(what) and masked:
        return Intent("sky", scene, by)
    if _BACKGROUND.search(what):
        if masked:
            return Intent(_without_things(scene, masked), scene, by)
        # What is in front cannot be told from what is behind it: at most the light changes.
        return Intent("relight" if scene.hour or scene.weather or scene.season else "keep", scene, by)
    if scene.things:
        return Intent("swap" if masked else "add", scene, by)
    return Intent(_without_things(scene, masked), scene, by)


def _drawn(prompt: str, scene: Scene, *, masked: bool) -> Intent:
    """Draw things: beside what is there, in its place, or with a place of their own."""
    named = parse(_TARGET.sub("", prompt))
    if named.things and (_ADD.match(prompt) or (masked and scene.place == "sky")):
        return Intent("add", named, prompt)
    if _ADD.match(prompt):
        return Intent("add", scene, prompt)
    if scene.place:
        return Intent("scene", scene, prompt)
    # What is worn goes on what is there; anything else that is named for a region takes its place.
    worn = all(thing.kind in WORN for thing in scene.things)
    return Intent("swap" if masked and not worn else "add", scene, prompt)


def _without_things(scene: Scene, masked: bool) -> Action:
    if scene.look and not scene.place:
        return "restyle"
    if scene.place or (masked and (scene.hour or scene.extras)):
        return "scene"
    if scene.hour or scene.weather or scene.season:
        return "relight"
    if scene.colours:
        return "recolour"
    return "scene" if scene.extras else "veil"


def told(brief: Brief, *, masked: bool, marked: bool = True) -> str:
    """What an edit was understood as, and what does it: the answer's ``revised_prompt``.

    Args:
        brief: The edit.
        masked: Whether a mask came with it.
        marked: Whether it marks anything.
    """
    if masked and not marked:
        return "The sketch engine changed nothing: the mask marks nothing. Make transparent what should change."
    wanted = intent(brief.prompt, masked=masked)
    things = " and ".join(" ".join((*thing.colours, thing.kind)) for thing in wanted.scene.things)
    hour = " ".join(word for word in (wanted.scene.hour, wanted.scene.weather, wanted.scene.season) if word)
    place = f"the {wanted.scene.place.replace('_', ' ')}" if wanted.scene.place else ""
    texts = " and ".join(f'"{text}"' for text in wanted.scene.letters)
    done = {
        "add": f"added {things}",
        "swap": f"took away what was there, drew {things}",
        "remove": "filled the region from its surroundings",
        "scene": "drew " + (", ".join(part for part in (things, place, hour) if part) or "an abstract composition"),
        "sky": "drew another sky" + (f", {hour}" if hour else ""),
        "letter": f"wrote {texts}",
        "veil": "no word of it is known, so a light pattern was laid over what is there",
        "keep": "changed nothing, because nothing was marked; paint over what should change",
        "restyle": f"repainted in the look {wanted.scene.look}",
        "recolour": "gave what stands out there another colour" if masked else "gave another colour",
        "relight": f"changed light and weather to {hour}",
    }[wanted.action]
    return f"Edited by the sketch engine (vector shapes, no AI model): {done}."
