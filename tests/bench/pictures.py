"""``python -m tests.bench.pictures``: every picture and clip of README and ``docs/``, of the lab as it is now.

Each has a command of its own too: ``lab_clip``, ``screenshots``, ``painting_clip`` and ``contact_sheet``.
"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.bench import contact_sheet, lab_clip, painting_clip, screenshots

PATIENCE_MS = 60_000  # of a busy machine


def main() -> None:
    """Writes them."""
    expect.set_options(timeout=PATIENCE_MS)
    screenshots.main(None, ())
    lab_clip.main(screenshots.DOCS / "lab.webp")
    painting_clip.main(screenshots.DOCS / "painting.webp")
    contact_sheet.main(screenshots.DOCS)


if __name__ == "__main__":
    main()
