from r9s_notebook.imaging import Mask
from r9s_notebook.widgets.painter.history import UNDO_LIMIT, History


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
