from __future__ import annotations

import contextlib
import gzip
import io
import json
import tracemalloc
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from r9s_notebook.errors import ImageError
from r9s_notebook.imaging import embed, inspect, open_image, read_metadata
from r9s_notebook.imaging.foreign_metadata import by_sd_parsers
from r9s_notebook.imaging.png import Chunk, chunks, joined
from tests.imaging.pictures import encoded, gradient, noise

RUN: dict[str, Any] = {
    "prompt": 'a <b>&\x00"quoted" ]]> --> \ud83d 日本 🐱',
    "model": "sketch-1",
    "params": {"seed": 3, "size": "64x48", "negative_prompt": "rain"},
}
FOREIGN_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="image/jpeg"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


PICTURES = {
    "png": encoded(noise(60, 40, 4), "PNG"),
    "jpeg": encoded(noise(60, 40), "JPEG"),
    "jpeg with exif": encoded(noise(60, 40), "JPEG", exif=turned()),
    "jpeg with xmp": encoded(noise(60, 40), "JPEG", xmp=FOREIGN_XMP),
    "webp": encoded(noise(60, 40), "WEBP"),
    "webp with alpha": encoded(noise(60, 40, 4), "WEBP"),
    "webp lossless": encoded(noise(61, 41, 4), "WEBP", lossless=True),
    "webp with exif": encoded(noise(60, 40), "WEBP", exif=turned()),
}


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("run", [RUN, {}, {"prompt": "x" * 200_000, "list": list(range(50))}], ids=["a", "b", "long"])
def test_a_picture_carries_its_run_and_keeps_every_pixel(name: str, run: dict[str, Any]) -> None:
    data = PICTURES[name]
    carried = embed(embed(data, {"prompt": "an earlier one" * 9000}), run)

    assert read_metadata(carried)["run"] == run
    assert np.array_equal(np.asarray(open_image(carried)), np.asarray(open_image(data)))
    assert inspect(carried) == inspect(data)
    assert b"an earlier one" not in carried


@pytest.mark.parametrize("name", ["jpeg", "webp"])
def test_other_programs_read_it_as_xmp(name: str) -> None:
    with Image.open(io.BytesIO(embed(PICTURES[name], RUN))) as image:
        xmp = image.getxmp()

    assert json.loads(xmp["xmpmeta"]["RDF"]["Description"]["run"]) == RUN


def test_xmp_that_was_there_stays() -> None:
    carried = embed(PICTURES["jpeg with xmp"], RUN)
    with Image.open(io.BytesIO(carried)) as image:
        descriptions = image.getxmp()["xmpmeta"]["RDF"]["Description"]

    assert descriptions[0]["format"] == "image/jpeg"
    assert "run" in descriptions[1]


def test_compressed_pixels_are_the_same_bytes() -> None:
    data = PICTURES["jpeg"]
    scan = data[data.index(b"\xff\xda") :]

    assert embed(data, RUN).endswith(scan)


def test_the_common_fields_are_in_one_place_whoever_wrote_them() -> None:
    found = read_metadata(embed(PICTURES["png"], RUN))

    assert found["source"] == "r9s_notebook"
    assert found["prompt"] == RUN["prompt"]
    assert (found["seed"], found["size"], found["negative_prompt"], found["model"]) == (3, "64x48", "rain", "sketch-1")


def with_text(keyword: str, text: str, *, compressed: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(keyword, text, zip=compressed) if compressed else info.add_text(keyword, text)
    return encoded(gradient(), "PNG", pnginfo=info)


A1111 = (
    "a castle, masterpiece,\non a hill\nNegative prompt: blurry,\nlow quality\n"
    "Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7.5, Seed: 2049, Size: 512x768, Model hash: abc, "
    'Model: dreamy_v2, Lora hashes: "one: 1, two: 2", Version: v1.6.0'
)


@pytest.mark.parametrize("carrier", ["png", "compressed", "jpeg", "webp"])
def test_automatic1111_parameters_are_read(carrier: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + A1111.encode("utf-16-be")
    data = {
        "png": with_text("parameters", A1111),
        "compressed": with_text("parameters", A1111, compressed=True),
        "jpeg": encoded(gradient(), "JPEG", exif=exif),
        "webp": encoded(gradient(), "WEBP", exif=exif),
    }[carrier]

    assert read_metadata(data) == {
        "source": "automatic1111",
        "prompt": "a castle, masterpiece,\non a hill",
        "negative_prompt": "blurry,\nlow quality",
        "model": "dreamy_v2",
        "seed": 2049,
        "steps": 20,
        "size": "512x768",
        "sampler": "DPM++ 2M Karras",
        "guidance": 7.5,
        "raw": A1111,
    }


INVOKE_3 = {
    "positive_prompt": "a fox",
    "negative_prompt": "",
    "width": 1024,
    "height": 768,
    "seed": 7,
    "steps": 30,
    "cfg_scale": 6,
    "scheduler": "euler",
    "model": {"key": "k", "name": "Juggernaut XL", "base": "sdxl"},
}
INVOKE_2 = {
    "model_weights": "stable-diffusion-1.5",
    "image": {
        "prompt": [{"prompt": "a fox [blurry]", "weight": 1.0}],
        "steps": 30,
        "cfg_scale": 6,
        "seed": 7,
        "width": 1024,
        "height": 768,
        "sampler": "euler",
    },
}


@pytest.mark.parametrize(
    ("keyword", "text", "model"),
    [
        ("invokeai_metadata", json.dumps(INVOKE_3), "Juggernaut XL"),
        ("sd-metadata", json.dumps(INVOKE_2), "stable-diffusion-1.5"),
        ("Dream", '"a fox" -s 30 -S 7 -W 1024 -H 768 -C6 -A euler', None),
    ],
)
def test_invokeai_s_metadata_is_read(keyword: str, text: str, model: str | None) -> None:
    found = read_metadata(with_text(keyword, text))

    assert found["source"] == "invokeai"
    assert (found["prompt"], found["seed"], found["steps"], found["size"]) == ("a fox", 7, 30, "1024x768")
    assert (found["guidance"], found["sampler"], found.get("model"), found["raw"]) == (6.0, "euler", model, text)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("parameters", ""),
        ("parameters", "just a note"),
        ("invokeai_metadata", "{"),
        ("invokeai_metadata", "[" * 50_000),
        ("invokeai_metadata", '{"width": {}, "seed": 1e999, "model": []}'),
        ("sd-metadata", '{"image": []}'),
        ("Dream", '"never closed'),
        ("r9s_notebook", "{"),
        ("r9s_notebook", "[]"),
    ],
)
def test_damaged_or_foreign_metadata_is_no_error(keyword: str, text: str) -> None:
    assert read_metadata(with_text(keyword, text)) == {}


def test_text_that_inflates_without_end_is_left_out() -> None:
    first, *rest = chunks(encoded(gradient(), "PNG"))
    bomb = Chunk(b"zTXt", b"parameters\0\0" + zlib.compress(bytes(100_000_000)))

    # Pillow may refuse such a picture by its own limit; either way nothing is inflated whole.
    tracemalloc.start()
    with contextlib.suppress(ImageError):
        assert read_metadata(joined([first, *rest[:-1], bomb, rest[-1]])) == {}
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


def test_a_picture_that_says_nothing_gives_nothing() -> None:
    assert read_metadata(PICTURES["jpeg with exif"]) == {}
    assert read_metadata(encoded(gradient(), "GIF")) == {}


def test_what_json_cannot_say_and_what_cannot_carry_is_refused() -> None:
    with pytest.raises(ImageError, match="JSON"):
        embed(PICTURES["png"], {"client": object()})
    with pytest.raises(ImageError, match="GIF cannot carry"):
        embed(encoded(gradient(), "GIF"), RUN)
    with pytest.raises(ImageError):
        embed(b"no picture", RUN)


COMFY = {
    "1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "dreamy.safetensors"}},
    "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox", "clip": ["1", 1]}},
    "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["1", 1]}},
    "4": {
        "class_type": "KSampler",
        "inputs": {
            **{"seed": 7, "steps": 30, "cfg": 6.0, "sampler_name": "euler", "denoise": 1.0},
            **{"model": ["1", 0], "positive": ["2", 0], "negative": ["3", 0]},
        },
    },
}
COMFY_LINKS = [
    [1, 1, 0, 4, 0, "MODEL"],
    [2, 1, 1, 2, 0, "CLIP"],
    [3, 1, 1, 3, 0, "CLIP"],
    [4, 2, 0, 4, 1, "CONDITIONING"],
    [5, 3, 0, 4, 2, "CONDITIONING"],
]
FOOOCUS = {
    **{"prompt": "a fox", "negative_prompt": "blurry", "base_model": "dreamy", "base_model_hash": "abc"},
    **{"seed": "7", "steps": 30, "guidance_scale": 6, "sampler": "euler", "scheduler": "karras"},
}
NOVEL = {"sampler": "euler", "seed": 7, "steps": 30, "scale": 6, "uc": "blurry", "width": 1024, "height": 768}
NOVEL_TEXTS = {"Description": "a fox", "Source": "Stable Diffusion 81274D13", "Comment": json.dumps(NOVEL)}
FOREIGN = {
    "comfyui": {"prompt": json.dumps(COMFY), "workflow": json.dumps({"links": COMFY_LINKS})},
    "fooocus": {"parameters": json.dumps(FOOOCUS)},
    "novelai": NOVEL_TEXTS,
}


@pytest.mark.parametrize("source", FOREIGN)
def test_what_other_tools_write_is_read_by_the_library_that_knows_them(source: str) -> None:
    pytest.importorskip("sd_parsers")
    info = PngImagePlugin.PngInfo()
    for keyword, text in FOREIGN[source].items():
        info.add_text(keyword, text)
    found = read_metadata(encoded(gradient(), "PNG", pnginfo=info))

    assert found["source"] == source
    assert (found["prompt"], found["negative_prompt"], found["seed"], found["steps"]) == ("a fox", "blurry", 7, 30)
    assert (found["guidance"], found["sampler"]) == (6.0, "euler")


@pytest.mark.parametrize("texts", [{"prompt": "{}", "workflow": "{}"}, {"prompt": "[" * 50_000, "workflow": "[]"}])
def test_what_that_library_cannot_read_is_no_error(texts: dict[str, str]) -> None:
    assert by_sd_parsers(texts) == {}


def hidden(text: bytes, signature: bytes = b"stealth_pngcomp", size: tuple[int, int] = (64, 64)) -> bytes:
    """A picture whose alpha hides these bytes, as web UIs write them."""
    data = signature + (len(text) * 8).to_bytes(4, "big") + text
    alpha = np.full(size[0] * size[1], 254, np.uint8)
    bits = np.unpackbits(np.frombuffer(data, np.uint8))[: alpha.size]
    alpha[: bits.size] |= bits
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    pixels[..., 3] = alpha.reshape(size).T
    return encoded(Image.fromarray(pixels, "RGBA"), "PNG")


@pytest.mark.parametrize("compressed", [True, False])
def test_what_is_hidden_in_alpha_is_read(compressed: bool) -> None:
    text = A1111.encode()
    data = hidden(gzip.compress(text)) if compressed else hidden(text, b"stealth_pnginfo")
    found = read_metadata(data)
    assert (found["source"], found["prompt"], found["seed"]) == (
        "automatic1111",
        "a castle, masterpiece,\non a hill",
        2049,
    )


def test_what_novelai_hides_in_alpha_is_read() -> None:
    pytest.importorskip("sd_parsers")
    found = read_metadata(hidden(gzip.compress(json.dumps(NOVEL_TEXTS).encode())))
    assert (found["source"], found["prompt"], found["size"]) == ("novelai", "a fox", "1024x768")


@pytest.mark.parametrize(
    "data",
    [
        hidden(b"", size=(2, 3)),
        hidden(b"no gzip"),
        hidden(gzip.compress(b"\xff\xfe")),
        hidden(gzip.compress(A1111.encode())[:40]),
        hidden(gzip.compress(b"[" * 50_000)),
        hidden(gzip.compress(bytes(50_000_000))[:400]),
    ],
)
def test_hidden_text_that_is_damaged_is_no_error(data: bytes) -> None:
    assert read_metadata(data) == {}
