"""Every run gives the Python that repeats it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from r9s_notebook.archive.code import run_code
from r9s_notebook.errors import HistoryError
from r9s_notebook.history import NewRun, Store
from r9s_notebook.imaging import Mask
from tests.archive._history_help import keep, new_image, picture


def test_the_code_names_every_parameter_and_no_key(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        params = {"prompt": 'say "hi"\n', "n": 2, "size": "1024x1024", "seed": 7, "api_key": "sk-canary"}
        code = run_code(keep(store, 'say "hi"\n', params=params), store)
    compile(code, "<run>", "exec")
    for part in ("images.create(", "R9S.from_env()", repr('say "hi"\n'), "n=2", "size='1024x1024'", "seed=7"):
        assert part in code
    assert "sk-canary" not in code


def test_an_edit_reads_its_source_and_its_mask_from_the_store(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        source = store.put_image(picture("blue"), "image/png")
        mask_png = store.put_image(Mask.blank(64, 48).rect(0, 0, 9, 9).to_png(), "image/png")
        run = keep(store, "a door", kind="edit", source=source, mask_png=mask_png)
        code = run_code(run, store)
        assert "images.edit(" in code
        assert source in code
        assert mask_png in code
        store.image_path(source).unlink()
        with pytest.raises(HistoryError, match="missing"):
            run_code(run, store)


@pytest.mark.slow
def test_the_code_of_an_edit_runs_as_it_stands(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        source = store.put_image(picture("blue", size=(512, 512)), "image/png")
        mask_png = store.put_image(Mask.blank(512, 512).rect(50, 50, 200, 200).to_png(), "image/png")
        begun = store.begin(
            NewRun(
                kind="edit",
                prompt="a red door",
                params={"prompt": "a red door", "size": "512x512"},
                source=source,
                mask_png=mask_png,
            )
        )
        run = store.complete(begun.id, [new_image(picture())], served_model="sketch-1")
        code = run_code(run, store)
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "result_0.png").stat().st_size > 100


def test_the_code_waits_for_the_whole_answer_and_names_its_files_by_their_format(tmp_path: Path) -> None:
    params = {"prompt": "a", "stream": True, "partial_images": 2, "output_format": "jpeg"}
    with Store(tmp_path / ".r9s") as store:
        code = run_code(keep(store, "a", params=params), store)
    assert "stream" not in code
    assert "partial_images" not in code
    assert 'result_{number}.jpg"' in code


def test_a_failed_run_of_the_sketch_engine_is_repeated_with_it(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        begun = store.begin(NewRun(prompt="a", params={"prompt": "a"}, requested_model="sketch-1"))
        run = store.fail(begun.id, "The sketch engine was told to fail.")
        assert "R9S.offline()" in run_code(run, store)


def test_what_the_api_has_no_parameter_for_is_a_comment_and_never_code(tmp_path: Path) -> None:
    params = {"prompt": "a cat", "seed": 7, "steps": 20, "sampler": "Euler\na", "x\nimport nowhere #": 1}
    with Store(tmp_path / ".r9s") as store:
        code = run_code(keep(store, "a cat", params=params, served="sketch-1"), store)
    assert "# steps=20\n# sampler='Euler\\na'\n" in code
    assert "nowhere" not in code
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "result_0.png").stat().st_size > 100


def test_a_picture_without_a_prompt_is_not_repeated(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store, pytest.raises(HistoryError, match="without a prompt"):
        run_code(keep(store, "", params={}), store)


@pytest.mark.slow
def test_code_names_files_from_the_users_own_folder_and_finds_them(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with Store(tmp_path / "elsewhere") as store:
        source = store.put_image(picture("blue", size=(512, 512)), "image/png")
        begun = store.begin(NewRun(kind="edit", prompt="a door", params={"prompt": "a door"}, source=source))
        code = run_code(store.complete(begun.id, [new_image(picture())], served_model="sketch-1"), store)
    assert f"image=Path('~/elsewhere/images/{source}.png')" in code
    assert str(tmp_path) not in code
    (tmp_path / "notes").mkdir()
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "notes", check=True, timeout=60)
    assert (tmp_path / "notes" / "result_0.png").stat().st_size > 100


def test_an_edit_without_its_source_is_not_repeated_as_something_else(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        run = keep(store, "a door", kind="edit")
        with pytest.raises(HistoryError, match="without the image that it edited"):
            run_code(run, store)


def test_the_code_of_a_services_run_starts_no_embedded_api(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        keep(store, "a cat", params={"prompt": "a cat"}, served="gpt-image-1")
    code = (
        "import sys; from r9s_notebook import History; (run,) = History(sys.argv[1]);"
        "assert 'R9S.from_env()' in run.code(); assert 'starlette' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / ".r9s")], check=True, timeout=60)
