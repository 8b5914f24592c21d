"""A cell that is run again and again keeps one lab alive, in a real kernel."""

from __future__ import annotations

import pytest
from ipywidgets.widgets import widget as widget_module
from jupyter_client.manager import start_new_kernel

from r9s_notebook import ParameterPanel, PromptForm
from r9s_notebook.page.bundles import Code

MAKES = {
    "a studio": "lab = Studio(prompt='x', size='256x256'); run = lab.generate().result(60)",
    "parts": "lab = PromptForm(); ParameterPanel(lab); HistoryPanel(lab)\nlab.session.prompt = 'x'",
    "parts of their own": "lab = HistoryPanel(), ParameterPanel()",
}
CELL = """
from r9s_notebook import HistoryPanel, ParameterPanel, PromptForm, Studio
{make}
"""
COUNTS = """
import gc, os, time
from r9s_notebook.history import Store
from r9s_notebook.session.session import Session
def counts():
    gc.collect()
    alive = [type(thing) for thing in gc.get_objects()]
    return (alive.count(Session), alive.count(Store), min(map(open_files, range(50))))
def open_files(_look):
    time.sleep(0.01)  # between two looks: a thread may have a file open for a moment
    return len(os.listdir("/dev/fd"))
"""


class Notebook:
    """A kernel, as a front end with cell ids uses it."""

    def __init__(self, client):
        self._client = client

    def run(self, code, cell=None, asked=None):
        content = {"code": code, "silent": False, "user_expressions": {"asked": asked} if asked else {}}
        message = self._client.session.msg("execute_request", content, metadata={"cellId": cell} if cell else {})
        self._client.shell_channel.send(message)
        while True:
            reply = self._client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                assert reply["content"]["status"] == "ok", reply["content"]
                return reply["content"]["user_expressions"].get("asked", {}).get("data", {}).get("text/plain")


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("R9S_API_KEY", raising=False)
        manager, client = start_new_kernel(cwd=str(tmp_path_factory.mktemp("notebook")))
    try:
        yield Notebook(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.slow
@pytest.mark.parametrize("make", MAKES.values(), ids=MAKES)
def test_a_cell_that_is_run_again_leaves_nothing_of_its_former_labs(notebook, make):
    notebook.run(COUNTS)
    after = []
    for _ in range(4):
        notebook.run(CELL.format(make=make), cell=make)
        after.append(notebook.run("", asked="counts()"))
    assert len(set(after[1:])) == 1, after


def test_a_part_that_is_closed_takes_all_of_its_models_along_and_leaves_those_of_others(make_session):
    before = set(widget_module._instances)
    lab = PromptForm(make_session(prompt="a boat"))
    panel = ParameterPanel(lab)
    panel.close()
    assert lab.layout.comm is not None  # they share it
    assert lab._looks.plain.model_id in widget_module._instances
    lab._owns = True
    lab.close()
    assert set(widget_module._instances) - before <= {code.model_id for code in Code._made.values()}
    lab.session.say("idle", "What is said to a closed lab is said to nobody.")
