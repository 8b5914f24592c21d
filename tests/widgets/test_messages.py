"""What crosses to the page: each thing once, and nothing where nothing has changed."""

from __future__ import annotations

import ipywidgets
import pytest

from r9s_notebook import R9S, Studio
from r9s_notebook.pictures.found import FoundPictures
from r9s_notebook.pictures.image_grid import ImageGrid
from r9s_notebook.session.worker import InlineWorker


@pytest.fixture
def crossed(monkeypatch):
    """The messages of live widgets, as they are sent: the widget, and what its message is or has."""
    sent = []

    def note(widget, message, **_buffers):
        sent.append((widget, message["content"]["type"] if "content" in message else set(message["state"])))

    monkeypatch.setattr(ipywidgets.Widget, "_send", note)
    return sent


@pytest.fixture
def studio(tmp_path):
    with R9S.offline() as client:
        studio = Studio(client, history=tmp_path, worker=InlineWorker(), prompt="a fox", size="256x256", n=3)
        for grid in (studio.grid, studio._history_panel._strip):
            grid._on_message(grid, {"type": "here"}, [])
        yield studio
        studio.close()


def test_a_run_tells_each_gallery_once_and_sends_no_picture_twice(studio, crossed):
    studio.generate().result()
    crossed.clear()
    studio.prompt = "an owl"
    studio.generate().result()
    of = [(widget, said) for widget, said in crossed if isinstance(widget, ImageGrid | FoundPictures)]
    strip, found = studio._history_panel._strip, studio._history_panel._view
    assert [said for widget, said in of if widget is strip] == [{"items"}]
    assert [said for widget, said in of if widget is found] == [{"summary", "shown", "changes"}]
    mine = [said for widget, said in of if widget is studio.grid]
    assert mine.count("thumbs") == 1
    assert len(mine) == 3  # the empty slots, the small pictures, and which they are
    assert strip.items[0]["v"] == studio.grid.items[0]["v"]  # by this the page knows that it has it


def test_a_person_who_looks_elsewhere_gets_the_small_picture_of_the_strip_with_its_tile(studio, crossed):
    first = studio.generate().result()
    studio.prompt = "an owl"
    studio.generate().result()
    studio.session.look(first)
    crossed.clear()
    studio.session.refresh()
    studio._history_panel._strip._pushed.clear()
    studio._history_panel._show()
    assert "thumbs" in [said for widget, said in crossed if widget is studio._history_panel._strip]


def test_the_line_around_a_mask_is_drawn_over_the_result_of_this_draft_only(studio):
    studio.generate().result()
    assert not any(item["outlined"] for item in studio.grid.items)
    studio.edit()
    studio.painter.select(10, 10, tool="wand")
    studio.n = 1
    studio.generate().result()
    assert [item["outlined"] for item in studio.grid.items] == [True]
    studio.session.stop_editing()
    assert [item["outlined"] for item in studio.grid.items] == [False]
    studio.edit()
    studio.generate(whole=True).result()
    assert [item["outlined"] for item in studio.grid.items] == [False]  # it had no mask
