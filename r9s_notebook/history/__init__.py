"""What was made, where, and from what: a folder of originals and a database of runs. Standard library only."""

from r9s_notebook.history.comparison import Difference, compare
from r9s_notebook.history.family import Family
from r9s_notebook.history.records import Kind, NewImage, NewRun, Run, Spent, Status, StoredImage
from r9s_notebook.history.store import Store
from r9s_notebook.history.transactions import Removed

__all__ = [
    "Difference",
    "Family",
    "Kind",
    "NewImage",
    "NewRun",
    "Removed",
    "Run",
    "Spent",
    "Status",
    "Store",
    "StoredImage",
    "compare",
]
