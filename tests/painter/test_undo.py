from hypothesis import given, settings
from hypothesis import strategies as st

from r9s_notebook.imaging import Mask
from r9s_notebook.painter.undo import UNDO_LIMIT, History


def test_undo_and_redo_walk_the_same_masks():
    first = Mask.blank(8, 8)
    second, third = first.fill(), first.fill().invert()
    history = History((first,)).push(second).push(third)
    assert history.undo().current is second
    assert history.undo().undo().undo().current is first
    assert history.undo().undo().redo().redo().redo().current is third


def test_a_new_step_forgets_what_was_undone():
    blank = Mask.blank(8, 8)
    history = History((blank,)).push(blank.fill()).undo().push(blank.rect(0, 0, 4, 4))
    assert history.redo() is history


def test_amending_replaces_the_last_step():
    blank = Mask.blank(8, 8)
    history = History((blank,)).push(blank.rect(0, 0, 2, 2))
    moved = history.amend(history.before.rect(1, 0, 3, 2))
    assert moved.steps == 1
    assert moved.undo().current is blank


def test_hundreds_of_steps_are_kept_and_no_more():
    history = History((Mask.blank(8, 8),))
    for _ in range(UNDO_LIMIT + 50):
        history = history.push(history.current.invert())
    assert history.steps == UNDO_LIMIT


def test_a_mask_that_somebody_paints_on_all_day_stays_small():
    history = History((Mask.blank(64, 64),))
    most = 0
    for number in range(5 * UNDO_LIMIT):
        history = history.push(history.current.stroke([(number % 64, number // 40)], 2))
        most = max(most, len(history.current.operations))
    assert history.steps == UNDO_LIMIT
    assert most <= 2 * UNDO_LIMIT + 1


MOVES = st.lists(st.sampled_from(["undo", "redo", "amend", "paint", "erase", "other"]))


def after(mask, move):
    """The mask after a step that goes on from it, or, with ``other``, does not."""
    return Mask.blank(16, 16) if move == "other" else mask.ellipse(3, 3, 12, 9 + mask.coverage, move == "erase")


@settings(max_examples=200, deadline=None)
@given(MOVES, st.integers(1, 5))
def test_whatever_is_done_the_masks_are_those_of_a_history_that_forgets_nothing(moves, limit):
    forgetful = History((Mask.blank(16, 16),), limit=limit)
    done, undone = [Mask.blank(16, 16)], []
    for move in moves:
        if move == "undo":
            forgetful = forgetful.undo()
            undone[:0] = [done.pop()] if len(done) > 1 else []
        elif move == "redo":
            forgetful = forgetful.redo()
            done += [undone.pop(0)] if undone else []
        elif move != "amend":
            forgetful = forgetful.push(after(forgetful.current, move))
            done, undone = [*done, after(done[-1], move)][-limit - 1 :], []
        elif forgetful.steps:
            forgetful = forgetful.amend(after(forgetful.before, move))
            done, undone = [*done[:-1], after(done[-2], move)], []
        assert forgetful.steps == len(done) - 1
        assert len(forgetful.current.operations) <= 2 * limit + 1
        assert forgetful.current.to_png() == done[-1].to_png()
        assert Mask.from_json(forgetful.current.to_json()) == forgetful.current
