"""The readers of what comes over the wire: JSON with images in it, events, base64."""

from __future__ import annotations

import base64
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r9s_notebook.client.decoding import decode, loads
from r9s_notebook.client.sse import Parser
from r9s_notebook.errors import ResponseValidationError

LONG = base64.b64encode(bytes(range(256)) * 40).decode()
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from([LONG, '"b64_json": "', '\\"b64_json']),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["b64_json", "data", "url", 'x"b64_json']) | st.text(max_size=5), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def plain(value):
    """What ``json.loads`` gives: views as text."""
    if isinstance(value, memoryview):
        return str(value, "ascii")
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    return [plain(held) for held in value] if isinstance(value, list) else value


@given(values, st.booleans(), st.sampled_from([None, 1]))
def test_json_reads_as_the_standard_library_reads_it(value, ascii_only, indent):
    body = json.dumps({"padding": LONG, "value": value}, ensure_ascii=ascii_only, indent=indent).encode(
        "utf-8", "replace"
    )
    assert plain(loads(body)) == json.loads(body)


def test_a_long_image_is_a_view_of_the_body():
    body = json.dumps({"data": [{"b64_json": LONG}]}).encode()
    assert isinstance(loads(body)["data"][0]["b64_json"], memoryview)


def test_an_escaped_slash_in_base64_is_read():
    body = json.dumps({"b64_json": LONG.replace("A", "/")}).replace("/", "\\/").encode()
    assert loads(body)["b64_json"] == LONG.replace("A", "/")


@pytest.mark.parametrize("body", [b"x" * 5000, b'{"b64_json": "' + b"A" * 5000, b'{"b64_json": "' + b"A" * 5000 + b'"'])
def test_what_is_no_json_is_a_value_error(body):
    with pytest.raises(ValueError, match=r"(Expecting|Unterminated|delimiter)"):
        loads(body)


STREAM = 'event: one\ndata: {"a": 1}\n\n: comment\ndata: first\ndata: sécond\n\ndata\n\nevent: two\ndata:x\n\n'.encode()
EVENTS = [(b'{"a": 1}', "one"), ("first\nsécond".encode(), ""), (b"x", "two")]


@given(st.data(), st.sampled_from([b"\n", b"\r\n", b"\r"]), st.booleans())
def test_events_are_the_same_however_the_stream_is_cut(data, line_end, with_bom):
    stream = (b"\xef\xbb\xbf" if with_bom else b"") + STREAM.replace(b"\n", line_end)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    parser, found = Parser(), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += parser.feed(stream[start:end])
    found += parser.finish()
    assert [(event.data, event.name) for event in found] == EVENTS


def test_a_long_event_is_parsed_as_fast_as_a_hundred_short_ones():
    """Were each chunk to cost what all before it cost, it would take a hundred times as long."""

    def seconds(chunks, times):
        chunk = b"A" * 8_192
        began = time.process_time()
        for _ in range(times):
            parser = Parser()
            list(parser.feed(b"data: "))
            for _ in range(chunks):
                list(parser.feed(chunk))
            assert len(list(parser.feed(b"\n\n"))) == 1
        return time.process_time() - began

    assert seconds(4_000, times=1) < 10 * seconds(40, times=100)


@given(st.binary(max_size=5000), st.booleans(), st.booleans())
def test_base64_is_decoded_with_or_without_padding_breaks_and_chunks(data, padded, in_chunks):
    text = base64.b64encode(data).decode()
    broken = "\r\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    for form in (text if padded else text.rstrip("="), broken, f"data:image/png;base64,{text}"):
        assert decode(form, in_chunks=in_chunks) == data
        assert decode(memoryview(form.encode()), in_chunks=in_chunks) == data


@given(st.text("AZaz09+/:!é", min_size=1).filter(lambda text: set(text) & set(":!é")), st.booleans())
def test_what_is_not_base64_is_an_error(text, in_chunks):
    with pytest.raises(ResponseValidationError):
        decode(text, in_chunks=in_chunks)
