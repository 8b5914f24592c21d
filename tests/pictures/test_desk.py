"""What a page may ask of the pictures of a lab, and what comes of it."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from r9s_notebook import Mask
from r9s_notebook.pictures.asking import answer
from r9s_notebook.pictures.desk import Desk
from r9s_notebook.pictures.source import questions_of
from r9s_notebook.pictures.tiles import id_of, source_tile, tiles_of

SMALL = "256x256"


@pytest.fixture
def lab(make_session):
    """A session with a run of two pictures, and a function that asks its desk."""
    session = make_session(prompt="a boat", size=SMALL, n=2)
    session.generate().result(timeout=30)
    questions = questions_of(Desk(session))

    def ask(name, **fields):
        told = answer(questions, {"ask": name, **fields})
        assert "error" not in told.content, told.content
        return told.content, told.buffers

    return session, ask


def test_marks_are_kept_and_shown_at_once(lab):
    session, ask = lab
    first, second = map(id_of, session.run.images)
    ask("mark", ids=[first, second], rating=4)
    ask("mark", ids=[second], favourite=True, note="the cover")
    assert [(tile.rating, tile.favourite, tile.noted) for tile in tiles_of(session.run)] == [
        (4, False, False),
        (4, True, True),
    ]
    content, _ = ask("words", id=second)
    assert content["note"] == "the cover"
    facts = {fact["name"]: fact["value"] for fact in content["facts"]}
    assert facts["Seed"] == str(session.run.images[1].seed)
    assert facts["Picture"] == "2 of 2"


def test_its_code_makes_the_same_picture_again(lab, tmp_path, monkeypatch):
    session, ask = lab
    picture = session.run.images[1]
    content, _ = ask("words", id=id_of(picture))
    monkeypatch.chdir(tmp_path)
    exec(compile(content["code"], "code", "exec"), {})  # noqa: S102 - running it is the test
    assert (tmp_path / "result_0.png").read_bytes() == session.store.image_bytes(picture.sha256)


def test_the_code_of_a_run_makes_all_of_its_pictures_again(lab, tmp_path, monkeypatch):
    session, _ask = lab
    monkeypatch.chdir(tmp_path)
    exec(compile(session.run.code(), "code", "exec"), {})  # noqa: S102
    for number, image in enumerate(session.run.images):
        assert (tmp_path / f"result_{number}.png").read_bytes() == session.store.image_bytes(image.sha256)


def test_it_is_made_again_with_another_seed_or_with_its_own_in_another_size(lab):
    session, ask = lab
    run, picture = session.run, session.run.images[1]
    ask("vary", id=id_of(picture))
    assert len(session.run.images) == 2
    assert {image.seed for image in session.run.images}.isdisjoint(image.seed for image in run.images)
    content, _ = ask("choices", id=id_of(picture))
    assert {"name": "size", "value": "512x512"} in content["choices"]
    ask("again", id=id_of(picture), changes={"size": "512x512", "prompt": "not this"})
    (again,) = session.run.images
    assert (again.seed, again.width, session.run.prompt) == (picture.seed, 512, "a boat")


def test_what_is_deleted_comes_back(lab):
    session, ask = lab
    content, _ = ask("delete", ids=[id_of(image) for image in session.run.images])
    assert session.runs == ()
    assert session.run is None
    ask("undelete", token=content["token"])
    assert len(session.runs[0].images) == 2


def test_an_edit_is_compared_with_its_source_and_its_mask(lab):
    session, ask = lab
    ask("edit", id=id_of(session.run.images[1]))
    session.mask = Mask.blank(256, 256).rect(20, 20, 99, 99)
    session.prompt, session.n = "a hat", 1
    run = session.generate().result(timeout=30)
    (tile,), source = tiles_of(run), source_tile(run)
    assert tile.against == source.id
    _, (data,) = ask("original", id=source.id)
    assert data == session.store.image_bytes(run.source)
    _, (outline,) = ask("outline", id=tile.id)
    edge = Image.open(io.BytesIO(outline)).getchannel("A")
    assert edge.getpixel((19, 50)) == 255
    assert edge.getpixel((50, 50)) == edge.getpixel((200, 200)) == 0


def test_several_are_packed_under_names_to_read(lab):
    session, ask = lab
    _, (packed,) = ask("zip", ids=[id_of(image) for image in session.run.images])
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert [name[-6:] for name in names] == ["-1.png", "-2.png"]
    assert all("a-boat" in name for name in names)


def test_a_run_without_pictures_is_noted_used_deleted_and_brought_back(session, shelf, ask):
    failed = shelf.begin("an owl", params={"size": "512x512"})
    name = f"{failed.id}/-"
    told = ask("delete", ids=[name]).content
    assert told["error"] == "This run is still under way. Cancel it first; then it can be deleted."
    session.store.fail(failed.id, "refused")
    ask("mark", ids=[name], note="try it smaller", rating=3)
    assert session.runs[0].note == "try it smaller"
    content = ask("words", id=name).content
    assert (content["failure"], content["status"], content["note"]) == ("refused", "failed", "try it smaller")
    ask("use", id=name, fields=["params"])
    assert (session.prompt, session.size) == ("", "512x512")
    ask("use", id=name, fields=["prompt"])
    assert session.prompt == "an owl"
    token = ask("delete", ids=[name]).content["token"]
    assert session.runs == ()
    ask("undelete", token=token)
    assert session.runs[0].error == "refused"


def test_a_deleted_picture_leaves_the_strip_and_the_stage(session, shelf, ask):
    older, newer = shelf.keep("older", "green"), shelf.keep("newer", "blue")
    session.refresh()
    session.show(session.runs[0])
    ask("delete", ids=[id_of(session.runs[0].images[0])])
    assert [run.id for run in session.runs] == [older.id]
    assert session.run.id == older.id
    assert ask("words", id=f"{newer.id}/0").content["gone"]


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        *((name, {}) for name in ("words", "edit", "use", "vary", "again", "family", "outline", "choices", "original")),
        *(("mark", {"rating": 3}), ("delete", {}), ("differences", {"other": "gone"})),
    ],
)
def test_what_vanished_is_said_to_be_gone_by_every_action(session, shelf, ask, question, fields):
    gone = shelf.keep("gone")
    session.store.delete(gone.id)
    name = f"{gone.id}/0"
    told = ask(
        question, id=name, ids=[name], **{key: name if value == "gone" else value for key, value in fields.items()}
    )
    assert told.content["gone"]
    assert "delete" in told.content["error"]


def test_any_picture_of_a_run_becomes_the_source_of_an_edit_with_its_lineage(session, shelf, ask):
    run = shelf.keep("two", "red", "blue")
    ask("edit", id=f"{run.id}/1")
    assert (session.source.run_id, session.source.sha256) == (run.id, run.images[1].sha256)
    assert ask("edit", id=f"{run.id}/2").content["gone"]


@pytest.mark.parametrize("rubbish", [{}, {"id": "../../etc/0"}, {"ids": ["x/1"], "id": "x/1", "rating": "high"}])
def test_rubbish_from_a_page_is_answered_with_a_sentence(lab, rubbish):
    session, _ask = lab
    questions = questions_of(Desk(session))
    for ask in (*questions, "format the disk"):
        told = answer(questions, {"ask": ask, **rubbish}).content
        assert told.get("error", "A sentence.").endswith("."), ask
