"""Families of edits, laid out."""

from __future__ import annotations

from r9s_notebook.pictures.tree import laid_out


def places(family, chosen, **limits):
    return {node.run.prompt: (node.column, node.row, node.parent) for node in laid_out(family, chosen.id, **limits)}


def test_a_chain_is_a_straight_line_and_a_branch_hangs_below_it(session, shelf):
    root = shelf.keep("root")
    first = shelf.edit(root, "first")
    shelf.edit(first, "first of first")
    second = shelf.edit(first, "second of first")
    shelf.edit(root, "second")
    assert places(session.store.family(second.id), second) == {
        "root": (0, 0, None),
        "first": (1, 0, 0),
        "first of first": (2, 0, 1),
        "second of first": (2, 1, 1),
        "second": (1, 2, 0),
    }


def test_of_a_family_too_large_to_draw_the_chosen_run_and_its_ancestors_stay(session, shelf):
    root = shelf.keep("root")
    for number in range(6):
        shelf.edit(root, f"branch {number}")
    last = shelf.edit(shelf.edit(root, "on the way"), "chosen")
    drawn = places(session.store.family(last.id), last, most=5)
    assert len(drawn) == 5
    assert {"root", "on the way", "chosen"} <= drawn.keys()
    assert drawn["chosen"][0] == 2


def test_a_chain_longer_than_can_be_drawn_begins_with_the_nearest_ancestor_that_fits(session, shelf):
    run = shelf.keep("0")
    for number in range(1, 8):
        run = shelf.edit(run, str(number))
    drawn = places(session.store.family(run.id), run, most=3)
    assert drawn == {"5": (0, 0, None), "6": (1, 0, 0), "7": (2, 0, 1)}
