"""The browser's code as it reaches a page."""

from __future__ import annotations

import re

import pytest

from r9s_notebook import ImageGrid
from r9s_notebook.page.bundles import Code
from r9s_notebook.painter.ink_widget import INK
from r9s_notebook.pictures.bundle import PICTURES
from r9s_notebook.widgets.key_bindings import KEYS

BUNDLES = pytest.mark.parametrize("bundle", [INK, KEYS, PICTURES], ids=lambda bundle: bundle.name)


@BUNDLES
def test_a_module_is_one_function_without_imports(bundle):
    source = bundle.module
    assert not re.search(r"^import ", source, re.MULTILINE)
    assert re.findall(r"^export .*", source, re.MULTILINE) == ["export default () => {"]
    assert len(re.findall(r"^return .*", source, re.MULTILINE)) == 1
    assert bundle.style


@BUNDLES
def test_no_name_is_declared_in_two_files_of_a_module(bundle):
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", bundle.module, re.MULTILINE)
    assert len(names) == len(set(names))


def test_all_widgets_share_one_code_and_get_another_when_it_was_closed():
    first, second = ImageGrid(), ImageGrid()
    assert first.code == second.code == Code.of(PICTURES).model_id
    Code.of(PICTURES).close()
    assert ImageGrid().code == Code.of(PICTURES).model_id != first.code
