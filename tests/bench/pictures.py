"""``python -m tests.bench.pictures``: every picture and clip of README and ``docs/``, of the lab as it is now.

Each has a command of its own too, which this runs.
"""

from __future__ import annotations

import subprocess
import sys

from tests import pythons

COMMANDS = (
    ("screenshots",),
    ("lab_clip", "docs/lab.webp"),
    ("painting_clip", "docs/painting.webp"),
    ("contact_sheet", "docs"),
)


def main() -> None:
    """Writes them; the first that fails ends it."""
    for name, *arguments in COMMANDS:
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}", *arguments], cwd=pythons.ROOT, check=True)


if __name__ == "__main__":
    main()
