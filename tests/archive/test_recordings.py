"""A lesson is recorded once and replayed without keys and without a network."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from r9s_notebook.archive.history import History
from r9s_notebook.client.r9s import R9S
from r9s_notebook.errors import BadRequestError, HistoryError, R9SError, UnprocessableEntityError
from r9s_notebook.history import NewRun, Store
from r9s_notebook.imaging import Mask, open_image, to_png
from tests.archive._history_help import keep, new_image, picture

MASK = Mask.blank(64, 48).rect(4, 4, 20, 20)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """The folder of a project with a generation of two images, an edit of the first, and a refusal."""
    with Store(tmp_path / "lesson" / ".r9s") as store:
        params = {"prompt": "a lighthouse", "model": "gpt-image-1", "n": 2, "size": "1024x1024", "quality": "high"}
        parent = keep(store, "a lighthouse", images=[picture("red"), picture("green", "JPEG")], params=params)
        source = parent.images[0].sha256
        mask_png = store.put_image(MASK.to_png(), "image/png")
        params = {"prompt": "a blue door", "model": "gpt-image-1"}
        new = NewRun(kind="edit", prompt="a blue door", params=params, source=source, mask_png=mask_png)
        store.complete(store.begin(new).id, [new_image(picture("blue"), "a very blue door")])
        refused = store.begin(NewRun(prompt="something bad", params={"prompt": "something bad"}))
        store.fail(refused.id, "The prompt was refused.", "BadRequestError")
        store.cancel(store.begin(NewRun(prompt="cancelled", params={"prompt": "cancelled"})).id)
    return tmp_path / "lesson"


@pytest.fixture(params=["store", "folder", "zip"])
def tape(lesson: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    if request.param == "store":
        return lesson
    with History(lesson) as history:
        path = history.export(tmp_path / "export", zip=request.param == "zip")
    shutil.rmtree(lesson)
    return path


def test_the_same_request_gets_the_same_images(tape: Path) -> None:
    with R9S.replay(tape) as client:
        answer = client.images.create(
            prompt="a lighthouse",
            model="gpt-image-1",
            n=2,
            size="1024x1024",
            quality="high",
            response_format="b64_json",
        )
        assert answer.model == "gpt-image-1"
        data = [client.images.read(image) for image in answer.data]
    assert data[0] == picture("red")
    assert open_image(data[1]).getpixel((5, 5)) == open_image(picture("green", "JPEG")).getpixel((5, 5))


def test_images_can_be_asked_for_by_url(tape: Path) -> None:
    with R9S.replay(tape) as client:
        answer = client.images.create(
            prompt="a lighthouse", model="gpt-image-1", n=2, size="1024x1024", quality="high", response_format="url"
        )
        assert answer.data[0].url
        assert client.images.read(answer.data[0]) == picture("red")


def test_a_replayed_image_can_be_edited_as_it_was_recorded(tape: Path) -> None:
    """The source is known by its pixels: whatever wrote the file, the edit is found."""
    again = to_png(open_image(picture("red")))
    with R9S.replay(tape) as client:
        answer = client.images.edit(image=again, mask=MASK, prompt="a blue door", model="gpt-image-1")
        assert client.images.read(answer.data[0]) == picture("blue")
        assert answer.data[0].revised_prompt == "a very blue door"


def test_another_mask_was_never_recorded(tape: Path) -> None:
    with R9S.replay(tape) as client, pytest.raises(UnprocessableEntityError, match="another mask"):
        client.images.edit(image=picture("red"), mask=MASK.invert(), prompt="a blue door", model="gpt-image-1")


def test_a_stream_ends_with_the_recorded_image(tape: Path) -> None:
    with R9S.replay(tape) as client:
        events = list(
            client.images.create(
                prompt="a lighthouse", model="gpt-image-1", n=2, size="1024x1024", quality="high", stream=True
            )
        )
    assert events


def test_a_request_that_names_no_model_takes_the_recorded_ones(tape: Path) -> None:
    with R9S.replay(tape) as client:
        assert client.images.create(prompt="a lighthouse", n=2, size="1024x1024", quality="high").data


def test_what_was_never_recorded_is_an_error_that_names_what_was(tape: Path) -> None:
    with R9S.replay(tape) as client:
        with pytest.raises(UnprocessableEntityError, match=r"never recorded.*“a lighthouse”"):
            client.images.create(prompt="a light house")
        with pytest.raises(UnprocessableEntityError, match=r"recorded with.*size=1024x1024"):
            client.images.create(prompt="a lighthouse", model="gpt-image-1", n=2, size="512x512", quality="high")


def test_an_empty_prompt_is_an_error_of_its_own(tape: Path) -> None:
    with R9S.replay(tape) as client, pytest.raises(BadRequestError, match="The prompt is empty"):
        client.images.create(prompt=" ")


def test_what_was_never_recorded_goes_to_another_engine_if_asked(tape: Path) -> None:
    with R9S.replay(tape, sketch=True) as client:
        assert client.images.create(prompt="a submarine", size="256x256").model == "sketch-1"
        answer = client.images.create(prompt="a lighthouse", model="gpt-image-1", n=2, size="1024x1024", quality="high")
        assert answer.model == "gpt-image-1"


def test_a_recorded_refusal_is_replayed_as_one(tape: Path) -> None:
    with R9S.replay(tape) as client, pytest.raises(BadRequestError, match="refused"):
        client.images.create(prompt="something bad")


def test_a_request_that_was_recorded_twice_gets_both_in_turn(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        for color in ("red", "blue"):
            keep(store, "a door", color=color)
    with R9S.replay(tmp_path) as client:
        seen = [client.images.read(client.images.create(prompt="a door").data[0]) for _ in range(3)]
    assert seen == [picture("red"), picture("blue"), picture("red")]


async def asked_async(client: R9S) -> bytes:
    answer = await client.images.create_async(prompt="a door")
    return await client.images.read_async(answer.data[0])


def test_replay_works_async_as_well(tmp_path: Path) -> None:
    import asyncio

    with Store(tmp_path / ".r9s") as store:
        keep(store, "a door")
    with R9S.replay(tmp_path) as client:
        assert asyncio.run(asked_async(client)) == picture("red")


def test_nothing_recorded_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="Nothing is recorded"):
        R9S.replay(tmp_path)
    Store(tmp_path / ".r9s").close()
    with pytest.raises(HistoryError, match="no finished run"):
        R9S.replay(tmp_path)


def test_an_export_cannot_lead_out_of_its_folder(lesson: Path, tmp_path: Path) -> None:
    with History(lesson) as history:
        folder = history.export(tmp_path / "export")
    text = (folder / "runs.jsonl").read_text()
    (folder / "runs.jsonl").write_text(text.replace('"file_name": "images/', '"file_name": "../images/'))
    with R9S.replay(folder) as client, pytest.raises(UnprocessableEntityError):
        client.images.create(prompt="a lighthouse", model="gpt-image-1", n=2, size="1024x1024", quality="high")


def test_one_bad_recording_does_not_take_the_others_with_it(lesson: Path, tmp_path: Path) -> None:
    with History(lesson) as history:
        export = history.export(tmp_path / "export")
        edit = next(run for run in history if run.kind == "edit")
        history.store.image_path(edit.mask_png).unlink()
    for file in (export / "sources").iterdir():
        file.unlink()
    with (export / "runs.jsonl").open("a") as file:
        file.write('not JSON\n{"kind": "generate"}\n[]\n')
    for tape, skipped in ((export, "4 recordings"), (lesson, "1 recording ")):
        with pytest.warns(UserWarning, match=skipped), R9S.replay(tape) as client:
            assert len(client.images.create(prompt="a lighthouse", n=2, size="1024x1024", quality="high").data) == 2


def test_fault_42_a_link_in_an_export_does_not_lead_out_of_it(lesson: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture("yellow"))
    with History(lesson) as history:
        export = history.export(tmp_path / "export")
    for file in (export / "images").iterdir():
        file.unlink()
        file.symlink_to(secret)
    with R9S.replay(export) as client, pytest.raises(R9SError):
        client.images.create(prompt="a lighthouse", n=2, size="1024x1024", quality="high", response_format="b64_json")


def test_an_answer_is_as_old_as_its_recording(tape: Path) -> None:
    with R9S.replay(tape) as client:
        answer = client.images.create(prompt="a lighthouse", n=2, size="1024x1024", quality="high")
    assert abs(answer.created - time.time()) < 600
