"""A lesson that is recorded once and replayed without a key."""

from __future__ import annotations

import pytest

from r9s_notebook import R9S, History, Mask, errors
from r9s_notebook.archive.cell import Cell
from tests.archive._history_help import keep


@pytest.fixture
def lesson(make_session, store, tmp_path):
    """An export of a generation and an edit of its first image."""
    session = make_session(prompt="a boat", size="256x256")
    session.generate().result(timeout=30)
    session.edit_image()
    session.prompt, session.mask = "a flag", Mask.blank(256, 256).rect(10, 10, 99, 99)
    session.generate().result(timeout=30)
    return History(store=store).export(tmp_path / "lesson")


def test_the_same_requests_get_the_same_images(make_session, lesson, store):
    originals = [run.images[0].path.read_bytes() for run in History(store=store)]
    with R9S.replay(lesson) as replay:
        pupil = make_session(client=replay)
        assert "Replaying" in pupil.notice
        edit, generation = History(store=store)
        for run, original in ((generation, originals[1]), (edit, originals[0])):
            pupil.restore(run)
            assert pupil.generate().result(timeout=30).images[0].path.read_bytes() == original


def test_a_recorded_request_takes_the_place_of_nothing_where_nothing_was_written(make_session, lesson):
    with R9S.replay(lesson) as replay:
        pupil = make_session(client=replay, cell=Cell("book.ipynb", "another"))
        pupil.use_example(pupil.examples[0])
        assert pupil.former is None
        pupil.prompt = "my own words"
        pupil.use_example(pupil.examples[0])
        assert pupil.former.prompt == "my own words"


def test_what_was_never_recorded_is_a_sentence_that_names_what_was(make_session, lesson):
    with R9S.replay(lesson) as replay:
        pupil = make_session(client=replay, prompt="a submarine", size="256x256")
        pupil.stop_editing()
        with pytest.raises(errors.UnprocessableEntityError, match="a boat"):
            pupil.generate().result(timeout=30)


def test_what_was_never_recorded_goes_to_the_sketch_engine_if_asked(make_session, lesson):
    with R9S.replay(lesson, sketch=True) as replay:
        pupil = make_session(client=replay, prompt="a submarine", size="256x256")
        pupil.stop_editing()
        assert pupil.generate().result(timeout=30).served_model == "sketch-1"


def test_the_code_of_a_replay_replays(make_session, lesson, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with R9S.replay(lesson) as replay:
        pupil = make_session(client=replay, prompt="a boat", size="256x256")
        pupil.stop_editing()
        pupil.prompt, pupil.size = "a boat", "256x256"
        assert "R9S.replay('lesson')" in pupil.code()
        exec(compile(pupil.code(), "code", "exec"), {})  # noqa: S102 - running it is the test
    assert (tmp_path / "result_0.png").exists()


def test_a_folder_without_recordings_is_refused(tmp_path):
    with pytest.raises(errors.HistoryError):
        R9S.replay(tmp_path)


def labs_line(make_session, **line):
    """What a lab is opened with, in a cell of its own."""
    return make_session(cell=Cell("pupil.ipynb", "cell-9", "1"), **line)


@pytest.mark.parametrize(
    "line",
    [
        {"prompt": "a boat"},
        {"prompt": "a boat", "quality": "hd"},
        {"prompt": "a boat", "size": "256x256", "quality": "standard", "n": 2, "seed": 7},
        {"prompt": "a boat", "model": "sketch-1"},
    ],
)
def test_the_line_that_recorded_a_lesson_replays_it(make_session, store, tmp_path, line):
    values = {name: value for name, value in line.items() if name != "seed"}
    values["extra"] = {name: value for name, value in line.items() if name == "seed"}
    make_session(prompt="another one", size="512x512").generate().result(timeout=30)
    run = labs_line(make_session, **values).generate().result(timeout=30)
    lesson = History(store=store).export(tmp_path / "lesson")
    for path in (lesson, store.home):
        with R9S.replay(path) as replay:
            pupil = make_session(client=replay, cell=Cell("pupil.ipynb", "cell-8", "1"), **values)
            again = pupil.generate().result(timeout=30)
            assert [image.sha256 for image in again.images] == [image.sha256 for image in run.images]


def test_a_service_that_names_no_model_is_replayed_as_well(make_session, store):
    run = keep(store, "a boat", served=None, params={"prompt": "a boat", "size": "1536x1024"})
    with R9S.replay(store.home) as replay:
        pupil = labs_line(make_session, client=replay, prompt="a boat")
        assert (pupil.model, pupil.size, pupil.models) == ("", "1536x1024", ("",))
        assert pupil.generate().result(timeout=30).images[0].sha256 == run.images[0].sha256


def test_what_was_recorded_is_listed_and_a_click_away(make_session, lesson):
    with R9S.replay(lesson) as replay:
        pupil = labs_line(make_session, client=replay)
        assert (pupil.models, pupil.model, pupil.size) == (("sketch-1",), "sketch-1", "256x256")
        assert [one.prompt for one in pupil.examples] == ["a boat"]
        pupil.prompt, pupil.n = "mine", 3
        pupil.use_example(pupil.examples[0])
        assert (pupil.prompt, pupil.n, pupil.former.prompt) == ("a boat", 1, "mine")
        assert pupil.generate().result(timeout=30).images
        pupil.edit_image()
        assert [one.prompt for one in pupil.examples] == ["a flag"]


def test_with_the_sketch_engine_behind_it_any_size_of_its_is_offered(make_session, lesson):
    with R9S.replay(lesson, sketch=True) as replay:
        pupil = labs_line(make_session, client=replay, prompt="a submarine", size="512x512")
        assert pupil.generate().result(timeout=30).images[0].width == 512
        assert [one.prompt for one in pupil.examples] == ["a boat"]
