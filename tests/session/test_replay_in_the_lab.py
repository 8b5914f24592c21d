"""A lesson that is recorded once and replayed without a key."""

from __future__ import annotations

import pytest

from r9s_notebook import R9S, History, Mask, errors


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
