"""The documentation's configuration: a link that leads nowhere stops the build."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAGE = """# A page

[right](other.md#here--there), [wrong](other.md#no-heading), [wrong](no-page.md), [wrong](#none-here)

```{toctree}
other
```
"""
OTHER = """# Other

## Here & there
"""


@pytest.mark.slow
def test_a_link_or_an_anchor_that_leads_nowhere_stops_the_build(tmp_path: Path):
    shutil.copytree(DOCS / "site", tmp_path / "docs" / "site")
    shutil.copy(DOCS / "conf.py", tmp_path / "docs")
    (tmp_path / "docs" / "index.md").write_text(PAGE, "utf-8")
    (tmp_path / "docs" / "other.md").write_text(OTHER, "utf-8")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-c", "docs", ".", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "index.md" in line]
    assert done.returncode != 0
    assert len(said) == 3, "what is right is not warned of"
    assert all(wrong in done.stderr for wrong in ("no-heading", "no-page.md", "none-here"))
