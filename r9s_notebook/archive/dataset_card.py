"""README.md of an export: the card of a data set, in the form of the Hugging Face Hub.

https://huggingface.co/docs/hub/datasets-cards and .../datasets-manual-configuration say what its head means.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def dataset_card(title: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The card of some pictures.

    Args:
        title: What the set is called.
        rows: The lines of ``metadata.jsonl``.
    """
    size = next((name for most, name in _SIZES if len(rows) < most), "n>1M")
    models = Counter(row["model"] or "a model that its service did not name" for row in rows)
    made = ", ".join(f"{number:,} by {model}" for model, number in models.most_common())
    days = sorted(row["created"][:10] for row in rows)
    when = "" if not days else f" on {days[0]}" if days[0] == days[-1] else f" between {days[0]} and {days[-1]}"
    columns = ["image", *(name.removesuffix("_file_name") for row in rows[:1] for name in row if name != "file_name")]
    return f"""---
pretty_name: {json.dumps(title)}
size_categories:
- {size}
task_categories:
- text-to-image
tags:
- synthetic
configs:
- config_name: default
  data_files:
  - split: train
    path:
    - "images/*"
    - metadata.jsonl
---

# {title}

{len(rows):,} generated pictures with what made them{f": {made}{when}" if rows else ""}.

Columns: {", ".join(f"`{name}`" for name in columns)}.

```python
from datasets import load_dataset

pictures = load_dataset("path/to/this/folder", split="train")
```

`metadata.jsonl` has one line for each picture, `runs.csv` one for each call, `index.html` shows all of it.
"""
