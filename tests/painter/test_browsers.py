import pytest

from r9s_notebook.imaging import Mask
from r9s_notebook.imaging.operations import Rect
from r9s_notebook.painter.browsers import NOBODY, PATIENCE, Browsers
from r9s_notebook.painter.undo import History
from r9s_notebook.painter.wire import write_operation

SIZE = 60, 40


class Wire:
    """What reaches the tabs."""

    def __init__(self):
        self.sent = []

    def send(self, content, _buffers=()):
        self.sent.append(content)

    @property
    def kinds(self):
        return [f"{content['kind']} of {content['op']['type']}" for content in self.sent]


class Painter:
    """Some masks in time, told to a tab."""

    def __init__(self):
        self.wire, self.now, self.history = Wire(), 0.0, History((Mask.blank(*SIZE),))
        self.browsers = Browsers(self.wire, lambda: SIZE, lambda: self.history, lambda: self.now)
        self.browsers.heard({"client": "tab", "seq": 1})

    def sets_mask(self, mask):
        self.history = self.history.push(mask)
        self.browsers.announce("push", NOBODY, lambda: write_operation(None, mask, SIZE), is_picture=True)

    def draws(self, box):
        operation = Rect(*box)
        self.history = self.history.push(self.history.current.apply(operation))
        self.browsers.announce("push", NOBODY, lambda: write_operation(operation, self.history.current, SIZE))


@pytest.fixture
def painter():
    return Painter()


def column(x):
    return Mask.blank(*SIZE).rect(0, 0, x, 40)


def test_pictures_that_come_while_the_page_is_at_one_are_replaced_by_the_newest(painter):
    for x in range(1, 41):
        painter.sets_mask(column(x))
    assert painter.wire.kinds == ["action of bitmap"]
    painter.browsers.shown()
    assert painter.wire.kinds == ["action of bitmap", "state of bitmap"]
    assert painter.wire.sent[-1]["steps"] == 40
    painter.browsers.shown()
    assert len(painter.wire.sent) == 2
    painter.sets_mask(column(50))
    assert painter.wire.kinds[2:] == ["action of bitmap"]


def test_what_is_drawn_after_a_picture_that_waits_comes_with_it_and_not_before(painter):
    painter.sets_mask(column(1))
    painter.draws((10, 10, 20, 20))
    painter.sets_mask(column(2))
    painter.draws((30, 10, 40, 20))
    assert painter.wire.kinds == ["action of bitmap", "action of rect"]
    painter.browsers.shown()
    assert painter.wire.kinds[2:] == ["state of bitmap"]
    assert painter.wire.sent[-1]["steps"] == 4
    revisions = [content["revision"] for content in painter.wire.sent]
    assert revisions == sorted(revisions)


def test_a_page_whose_answers_do_not_get_through_sees_a_picture_now_and_then(painter):
    for tenth in range(50):
        painter.now = tenth * PATIENCE / 10
        painter.sets_mask(column(tenth + 1))
    assert painter.wire.kinds == ["action of bitmap"] + 4 * ["state of bitmap"]


def test_a_page_that_comes_meanwhile_gets_what_is_there(painter):
    painter.sets_mask(column(1))
    painter.sets_mask(column(2))
    painter.browsers.heard({"client": "another tab", "seq": 1})
    painter.browsers.send_state()
    painter.browsers.shown()
    assert painter.wire.kinds == ["action of bitmap", "state of bitmap"]
