"""How much of what is public has a type that every type checker reads alike."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

AT_LEAST = 0.95


def check(environment: Mapping[str, str]) -> int:
    """Prints the share, and what has no such type where it is too small; gives an exit status."""
    where = [
        sys.executable,
        "-c",
        "import pathlib, r9s_notebook; print(pathlib.Path(r9s_notebook.__file__).parents[1])",
    ]
    folder = subprocess.run(where, capture_output=True, text=True, env=environment, check=True).stdout.strip()
    environment = {**environment, "PYTHONPATH": folder}  # of an editable install it would not find the types
    options = ["--pythonpath", sys.executable, "--ignoreexternal", "--outputjson"]
    command = [sys.executable, "-m", "basedpyright", "--verifytypes", "r9s_notebook", *options]
    print("$", *command, flush=True)
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    try:
        found = json.loads(done.stdout)["typeCompleteness"]
    except (ValueError, KeyError):
        print(done.stdout, done.stderr)
        return 1
    share = found["completenessScore"]
    print(f"{share:.1%} of the public symbols have a known type; {AT_LEAST:.0%} must.")
    if share >= AT_LEAST:
        return 0
    for symbol in found["symbols"]:
        if symbol["isExported"] and not symbol["isTypeKnown"]:
            print(symbol["name"])
    return 1
