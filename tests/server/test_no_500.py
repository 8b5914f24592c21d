"""Whatever is sent, the server answers, and never with a 500."""

from __future__ import annotations

import io

import anyio
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from starlette.requests import Request

from r9s_notebook.engines.sketch.engine import MODEL
from r9s_notebook.server import create_app

APP = create_app()
GENERATION, EDIT = MODEL.operations["generate"], MODEL.operations["edit"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


def likely(name: str) -> st.SearchStrategy[object]:
    """Mostly what the description allows, sometimes anything."""
    schema = GENERATION[name].schema()
    if name == "size":
        fitting: st.SearchStrategy[object] = st.sampled_from(["256x256", "auto", "1x1", "21:9"])
    elif "enum" in schema:
        fitting = st.sampled_from(schema["enum"])
    elif schema["type"] == "integer":
        fitting = st.integers(min_value=schema["minimum"] - 1, max_value=min(3, schema["maximum"]))
    elif schema["type"] == "boolean":
        fitting = st.booleans()
    else:
        fitting = st.text(max_size=60)
    return fitting | json_values


bodies = st.fixed_dictionaries(
    {"prompt": st.text(min_size=1, max_size=80)},
    optional={name: likely(name) for name in GENERATION if name != "prompt"},
)


def send(path: str, **how: object) -> httpx.Response:
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(APP)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://offline.r9s/v1") as client:
            return await client.post(path, **how)  # type: ignore[arg-type]

    return anyio.run(go)


relaxed = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@relaxed
@given(body=bodies)
def test_a_generation_is_drawn_or_refused(body):
    import json

    answer = send("/images/generations", content=json.dumps({"size": "256x256", "quality": "low", **body}))
    assert answer.status_code in {200, 400}, answer.text


@relaxed
@given(
    content=st.binary(max_size=400),
    kind=st.sampled_from(
        ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "", "text/html"]
    ),
)
def test_a_body_of_any_bytes_is_refused(content, kind):
    assert 400 <= send("/images/edits", content=content, headers={"content-type": kind}).status_code < 500


@relaxed
@given(
    form=st.dictionaries(st.sampled_from(sorted(EDIT)), st.text(max_size=20), max_size=5),
    image=st.binary(max_size=200),
    mask=st.none() | st.binary(max_size=200),
)
def test_an_edit_of_no_image_is_refused(form, image, mask):
    files = {
        "image": ("a.png", image, "image/png"),
        **({"mask": ("m.png", mask, "image/png")} if mask is not None else {}),
    }
    safe = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
    assert 400 <= send("/images/edits", data=safe, files=files).status_code < 500


PROMPTS = (
    "make it ink", "make it a watercolour", "pencil drawing", "make it an oil painting", "make it pixel art",
    "poster print", "stained glass", "blueprint", "neon", "paper cut", "line art", "gouache", "photo",
    "add a red hat", "remove it", "replace the background with a city at night", "make it blue", "make it snow",
    "a castle in the mountains", "replace the tree with a dog", 'add the text "HELLO"', "flibbergabble",
)  # fmt: skip


@relaxed
@given(
    short=st.sampled_from([1, 2, 3, 4, 7, 20, 33]),
    shape=st.sampled_from([(1, 1), (1, 2), (8, 1), (1, 8), (9, 1), (1, 9)]),
    mode=st.sampled_from(["RGB", "RGBA", "L", "P", "1", "I;16"]),
    marked=st.none() | st.tuples(*[st.integers(0, 33)] * 4),
    prompt=st.sampled_from(PROMPTS),
    how=st.fixed_dictionaries({}, optional={name: likely(name) for name in ("background", "output_format", "stream")}),
)
def test_an_edit_of_a_small_image_is_made_or_refused(short, shape, mode, marked, prompt, how):  # noqa: PLR0917
    size = (short * shape[0], short * shape[1])
    files = {"image": ("a.png", _png(Image.new(mode, size)), "image/png")}
    if marked is not None:
        mask = Image.new("RGBA", size, (0, 0, 0, 255))
        left, top, right, bottom = marked
        mask.paste((0, 0, 0, 0), (min(left, right), min(top, bottom), max(left, right), max(top, bottom)))
        files["mask"] = ("m.png", _png(mask), "image/png")
    form = {name: str(value) for name, value in how.items()} | {"prompt": prompt}
    form = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
    answer = send("/images/edits", data=form, files=files)
    assert answer.status_code in {200, 400}, answer.text
    assert answer.status_code == 400 or max(shape) <= 8


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 20), (20, 20), (160, 20)])
def test_the_smallest_images_are_edited(prompt, size):
    files = {"image": ("a.png", _png(Image.new("RGB", size, "teal")), "image/png")}
    assert send("/images/edits", data={"prompt": prompt}, files=files).status_code == 200


def test_an_image_too_thin_to_compose_is_a_400_that_says_so():
    files = {"image": ("a.png", _png(Image.new("RGB", (2, 4096))), "image/png")}
    answer = send("/images/edits", data={"prompt": "make it a watercolour"}, files=files)
    assert answer.status_code == 400
    assert "8:1" in answer.json()["error"]["message"]


def test_a_failure_that_no_one_foresaw_is_one_answer_of_json_with_its_id():
    async def broken(_request: Request) -> None:
        raise ZeroDivisionError

    app = create_app()
    app._app.router.add_route("/broken", broken)  # type: ignore[attr-defined]

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://offline.r9s") as client:
            return await client.get("/broken")

    answer = anyio.run(go)
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.json()["error"]["message"]


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
