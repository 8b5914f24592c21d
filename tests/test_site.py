"""The documentation's configuration: a link that leads nowhere stops the build."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAGE = """# A page

{link}

```{{toctree}}
other
```
"""


@pytest.fixture
def build(tmp_path: Path):
    """Builds two pages, the first with a link, and gives the exit status and what was said."""
    shutil.copytree(DOCS / "site", tmp_path / "docs" / "site")
    shutil.copy(DOCS / "conf.py", tmp_path / "docs")
    (tmp_path / "docs" / "other.md").write_text("# Other\n\n## Here & there\n", "utf-8")

    def run(link: str) -> tuple[int, str]:
        (tmp_path / "docs" / "index.md").write_text(PAGE.format(link=link), "utf-8")
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-c", "docs", ".", "out"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    return run


@pytest.mark.slow
def test_a_link_or_an_anchor_that_leads_nowhere_stops_the_build(build):
    assert build("[a heading, as GitHub names it](other.md#here--there)") == (0, "")
    status, said = build("[one](other.md#no-heading) [two](no-page.md) [three](#none-here)")
    assert status != 0
    assert all(wrong in said for wrong in ("no-heading", "no-page.md", "none-here"))
