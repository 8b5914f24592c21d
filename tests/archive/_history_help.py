"""Runs with real pictures, for the tests of what is made from a history."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from r9s_notebook.history import NewImage, NewRun, Run, Store
from r9s_notebook.imaging import inspect, thumbnail


def picture(color: str = "red", kind: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind)
    return out.getvalue()


def new_image(data: bytes, revised_prompt: str | None = None) -> NewImage:
    info, small = inspect(data), thumbnail(data)
    return NewImage(
        data=data,
        media_type=info.media_type,
        width=info.width,
        height=info.height,
        thumbnail=small.data,
        thumbnail_type=small.media_type,
        revised_prompt=revised_prompt,
    )


def keep(
    store: Store,
    prompt: str,
    *,
    color: str = "red",
    images: list[bytes] | None = None,
    served: str = "gpt-image-1",
    **changes: Any,
) -> Run:
    run = store.begin(NewRun(**{"prompt": prompt, "params": {"prompt": prompt}, **changes}))
    return store.complete(run.id, [new_image(data) for data in images or [picture(color)]], served_model=served)
