"""``python3 -m tests.cluster``: the tests with a Ray cluster of one machine, in the environment of ``tests.models``.

Ray listens on all interfaces, whatever it is told: so they run in a network of their own, which has only a loopback,
where the machine lets them have one. Arguments go to pytest.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from tests import models


def alone() -> list[str]:
    """What runs a command in a network that nothing else sees; nothing where there is no such thing here."""
    for rights in ([], ["--map-root-user"]) if shutil.which("unshare") else ():
        command = ["unshare", "--net", *rights, "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
        if not subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
            return command
    print("There is no network of one's own here: other machines reach Ray's ports while the tests run.")
    return []


if __name__ == "__main__":
    raise SystemExit(models.main("models,cluster", "cluster", sys.argv[1:], within=alone()))
