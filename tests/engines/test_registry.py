"""Engines are found by name, those of other packages too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from r9s_notebook import R9S
from r9s_notebook.errors import InputError
from r9s_notebook.history import Store
from r9s_notebook.server import open_engine
from r9s_notebook.server.__main__ import command_line
from tests.archive._history_help import keep, picture
from tests.serving import served


def test_the_default_is_the_demonstration():
    engine = open_engine()
    assert engine.name == "sketch"
    engine.close()


def test_an_engine_that_is_not_installed_is_named_with_those_that_are():
    with pytest.raises(InputError, match="no engine 'dalle' here, only diffusers, fallback, replay, sketch"):
        R9S.offline(engine="dalle")


def test_an_option_that_an_engine_has_not_is_an_error():
    with pytest.raises(InputError, match="colour"):
        R9S.offline(engine="sketch", colour="red")


def test_an_engine_that_needs_more_than_is_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "torch", None)  # as if there were none
    with pytest.raises(InputError, match=r'diffusers needs torch: pip install "r9s-notebook\[models\]"'):
        R9S.offline(engine="diffusers", model="anything")


def test_a_package_of_somebody_elses_adds_an_engine(tmp_path: Path):
    """As pip installs one: a module, and metadata that names its entry point."""
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path / "paints.py")
    (tmp_path / "paints-1.0.dist-info").mkdir()
    (tmp_path / "paints-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: paints\nVersion: 1.0\n")
    (tmp_path / "paints-1.0.dist-info" / "entry_points.txt").write_text(
        "[r9s_notebook.engines]\none-colour = paints:OneColour\n"
    )
    code = (
        "from r9s_notebook import R9S\n"
        "with R9S.offline(engine='one-colour') as r9s:\n"
        "    print(r9s.images.create(prompt='blue').data[0].revised_prompt, r9s.models()[0].model)\n"
    )
    path = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "a blue surface one-colour-1"


def test_the_server_asks_for_what_its_engine_needs(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        command_line(["--engine", "replay"])[0].parse_args(["--engine", "replay"])
    assert "--recordings" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command_line(["--engine", "dalle"])[0].parse_args(["--engine", "dalle"])
    assert "sketch" in capsys.readouterr().err


@pytest.mark.slow
def test_recordings_are_served_to_any_client_and_what_was_not_recorded_is_drawn(tmp_path: Path):
    with Store(tmp_path / ".r9s") as store:
        keep(store, "a door", images=[picture("red")], params={"prompt": "a door", "model": "gpt-image-1"})
    options = ("--engine", "replay", "--recordings", str(tmp_path), "--engine", "sketch", "--workers", "0")
    with served(*options) as base:
        models = [model["id"] for model in httpx.get(f"{base}/models", timeout=30).json()["data"]]
        assert models == ["gpt-image-1", "sketch-1"]
        with R9S(api_key="any", server_url=base) as r9s:
            answer = r9s.images.create(prompt="a door", model="gpt-image-1", response_format="b64_json")
            assert r9s.images.read(answer.data[0]) == picture("red")
            drawn = r9s.images.create(prompt="a cat", size="256x256", response_format="b64_json")
            assert drawn.model == "sketch-1"
