"""Server-sent events from chunks of bytes, in time that grows with the bytes and no faster.

Source: the HTML standard, "Server-sent events", parsing an event stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event."""

    data: bytes = field(repr=False)  # its data lines, joined with line feeds
    name: str = ""  # its ``event`` field; empty where it has none


class Parser:
    """Takes chunks as they arrive; a line, a character or a line break may be cut anywhere."""

    def __init__(self) -> None:
        self._line: list[bytes] = []  # of the line that is not complete yet
        self._data: list[bytes] = []
        self._name = ""
        self._after_cr = False
        self._begun = False
        self.waiting = 0
        """Bytes of the event that is not complete yet."""

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """The events that a chunk completes."""
        *ends, rest = self._normalised(chunk).split(b"\n")
        self.waiting += len(chunk)
        for end in ends:
            event = self._complete(end)
            if event is not None:
                self.waiting = len(rest)
                yield event
        if rest:
            self._line.append(rest)

    def finish(self) -> Iterator[ServerSentEvent]:
        """What is left at the end of the stream: some services leave out the last empty line."""
        yield from self.feed(b"\n\n")

    def _normalised(self, chunk: bytes) -> bytes:
        """Every line break as one line feed."""
        if self._after_cr and chunk[:1] == b"\n":
            chunk = chunk[1:]
            self._after_cr = False
        if chunk:
            self._after_cr = chunk[-1:] == b"\r"
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk

    def _complete(self, end: bytes) -> ServerSentEvent | None:
        if self._line:
            self._line.append(end)
            line = b"".join(self._line)
            self._line = []
        else:
            line = end
        if not self._begun:
            self._begun = True
            line = line.removeprefix(_BOM)
        if line:
            self._field(line)
            return None
        data, name = self._data, self._name
        self._data, self._name = [], ""
        return ServerSentEvent(b"\n".join(data), name) if data else None

    def _field(self, line: bytes) -> None:
        if line.startswith(b"data:"):
            self._data.append(line[6:] if line[5:6] == b" " else line[5:])
        elif line.startswith(b"event:"):
            self._name = line[6:].strip().decode("utf-8", "replace")
        # Comments, which begin with a colon, ids and retry times say nothing here.
