"""Whatever is sent, the server answers, and never with a 500."""

from __future__ import annotations

import anyio
import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from r9s_notebook.offline import create_app
from r9s_notebook.offline.parameters import COMMON, EDIT

APP = create_app()
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


def likely(name: str) -> st.SearchStrategy[object]:
    """Mostly what the description allows, sometimes anything."""
    schema = COMMON[name].schema
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
    {"prompt": st.text(min_size=1, max_size=80)}, optional={name: likely(name) for name in COMMON if name != "prompt"}
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
