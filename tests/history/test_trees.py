"""Ids, family trees, and what differs between two runs."""

from __future__ import annotations

import uuid

import pytest

from r9s_notebook.history import Difference, NewRun, Store, compare
from r9s_notebook.history.ids import Clockwork, key_of
from tests.history.conftest import keep


def test_a_family_is_the_same_from_any_of_its_members(store: Store) -> None:
    root = keep(store, "root")
    left, right = (keep(store, name, parent=root.id) for name in ("left", "right"))
    leaf = keep(store, "leaf", parent=left.id)
    keep(store, "stranger")
    for member in (root, left, right, leaf):
        family = store.family(member.id)
        assert family is not None
        assert [(depth, run.prompt) for depth, run in family] == [(0, "root"), (1, "left"), (2, "leaf"), (1, "right")]
    assert [run.prompt for run in store.children(root.id)] == ["right", "left"]


def test_a_family_whose_ancestor_was_deleted_begins_below_it(store: Store) -> None:
    root = keep(store, "root")
    child = keep(store, "child", parent=root.id)
    leaf = keep(store, "leaf", parent=child.id)
    store.delete(root.id)
    family = store.family(leaf.id)
    assert family is not None
    assert [run.prompt for _, run in family] == ["child", "leaf"]


def test_a_long_chain_of_edits_is_no_problem(store: Store) -> None:
    run = store.begin(NewRun(prompt="0"))
    for number in range(1, 1_100):
        run = store.begin(NewRun(prompt=str(number), parent=run.id))
    family = store.family(run.id)
    assert family is not None
    assert len(family) == 1_100


def test_nobody_has_no_family(store: Store) -> None:
    assert store.family("01900000-0000-7000-8000-000000000000") is None


def test_what_differs_between_two_runs(store: Store) -> None:
    before = keep(store, "a red door", params={"size": "512x512", "n": 1}, requested_model="a", data=b"one")
    after = keep(
        store, "a blue door", params={"size": "1024x1024", "n": 1, "seed": 7}, requested_model="a", data=b"two"
    )
    assert compare(before, after) == (
        Difference("prompt", "a red door", "a blue door"),
        Difference("params.seed", None, 7),
        Difference("params.size", "512x512", "1024x1024"),
        Difference("images", (before.images[0].sha256,), (after.images[0].sha256,)),
    )
    assert compare(before, before) == ()


def test_ids_sort_by_time_within_one_millisecond_and_when_the_clock_is_set_back() -> None:
    moments = iter([1.0] * 5_000 + [0.5] * 10)
    clockwork = Clockwork(now=lambda: next(moments))
    ids = [clockwork.next_id() for _ in range(5_010)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert [key_of(one) for one in ids] == sorted({key_of(one) for one in ids})


def test_ids_are_uuids_of_version_7_that_hold_their_moment() -> None:
    one = uuid.UUID(Clockwork().next_id(at=1_700_000_000.123))
    assert (one.version, one.variant) == (7, uuid.RFC_4122)
    assert one.int >> 80 == 1_700_000_000_123


@pytest.mark.parametrize("text", ["", "../../etc/passwd", "no id"])
def test_what_is_no_id_has_no_key(text: str) -> None:
    with pytest.raises(ValueError, match="UUID"):
        key_of(text)
