from __future__ import annotations

import pytest
from PIL import Image

from r9s_notebook import (
    R9S,
    History,
    HistoryPanel,
    Mask,
    MaskPainter,
    ParameterPanel,
    PromptForm,
    Studio,
    errors,
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Where a lab that is told nothing keeps its runs."""
    monkeypatch.setenv("R9S_NOTEBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("R9S_API_KEY", raising=False)
    return tmp_path / "home"


@pytest.mark.parametrize("part", [PromptForm, ParameterPanel, HistoryPanel])
def test_a_part_shares_a_studios_session_or_has_its_own(home, part):
    studio = Studio(R9S.offline(), prompt="a cat")
    assert part(studio).session is studio.session
    assert part(studio.session).session is studio.session
    alone = part()
    assert alone.session is not studio.session
    assert alone.session.store.home == home
    for lab in (alone, studio):
        lab.close()


@pytest.mark.usefixtures("home")
def test_a_reader_without_a_kernel_sees_one_line():
    for one in (PromptForm(), ParameterPanel(), HistoryPanel(), MaskPainter(), MaskPainter(Image.new("RGB", (9, 5)))):
        assert len(repr(one)) < 60
        assert one._repr_mimebundle_()["text/plain"] == repr(one)
        one.close()


def test_a_part_of_something_else_is_refused():
    with pytest.raises(TypeError, match="takes a Studio, a Session or nothing"):
        PromptForm("a cat")


@pytest.mark.parametrize(
    ("make", "meant"),
    [
        (lambda: PromptForm(lay0ut=1), "layout"),
        (lambda: ParameterPanel(lay0ut=1), "layout"),
        (lambda: MaskPainter(imge=1), "image"),
        (lambda: Studio(promt="a cat"), "prompt"),
        (lambda: Studio(clint=None), "client"),
        (lambda: Studio(negative_promt="a cat"), "negative_prompt"),
    ],
)
def test_a_misspelt_option_is_refused_with_what_may_have_been_meant(make, meant):
    with pytest.raises(TypeError, match=f"Did you mean '{meant}'"):
        make()


@pytest.mark.usefixtures("home")
def test_a_studio_closes_what_it_opened_once_its_run_has_ended():
    studio = Studio(prompt="a cat", size="256x256")
    job = studio.generate()
    studio.close()
    assert job.result(timeout=30).status == "succeeded"
    with History() as history:
        assert [run.status for run in history] == ["succeeded"]


@pytest.mark.usefixtures("home")
def test_a_mask_that_does_not_fit_leaves_the_studio_and_its_painter_in_step():
    studio = Studio(image=Image.new("RGB", (64, 64)), prompt="x")
    with pytest.raises(errors.MaskError, match="10x12 pixels and the image 64x64"):
        studio.mask = Mask.blank(10, 12).fill()
    assert studio.mask == studio.painter.mask == Mask.blank(64, 64)
    studio.close()
