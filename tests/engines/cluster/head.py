"""A Ray cluster of one machine, and applications on it: each as people start it, by the same commands."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.engines.cluster import logged

KEY = "a-key-of-ours"
BIN = Path(sys.executable).parent
STARTS = 180  # seconds; only tells hanging from working
CPUS = 4  # that Ray counts with: each replica asks for one, though it waits rather than works


@dataclass(frozen=True)
class Head:
    """The cluster's first machine.

    Attributes:
        process: ``ray start``.
        port: Of Serve's HTTP.
        environment: Of all commands that are for this cluster.
    """

    process: subprocess.Popen[bytes]
    port: int
    environment: dict[str, str]

    @contextmanager
    def served(self, name: str, **arguments: object) -> Iterator[str]:
        """An application of that name, as ``serve run`` deploys it: its base address, up to and including ``/v1``."""
        given = [f"{key}={value}" for key, value in arguments.items()]
        where = ("--non-blocking", "--name", name, "--route-prefix", f"/{name}")
        ran(self.environment, "serve", "run", *where, "r9s_notebook.engines.ray:app", *given)
        try:
            yield f"http://127.0.0.1:{self.port}/{name}/v1"
        finally:
            delete = f"import ray; from ray import serve; ray.init(); serve.delete({name!r})"
            ran(self.environment, "python", "-c", delete)

    def pids(self, application: str, deployment: str) -> list[int]:
        """The processes of a deployment."""
        title = f"ray::ServeReplica:{application}:{deployment}"
        return [one.pid for one in psutil.Process(self.process.pid).children(recursive=True) if titled(one, title)]


def titled(process: psutil.Process, title: str) -> bool:
    try:
        return " ".join(process.cmdline()).startswith(title)
    except psutil.Error:  # it has ended meanwhile
        return False


@contextmanager
def started() -> Iterator[Head]:
    """A cluster that has the engine ``logged`` too; it is ended by the ids of its own processes.

    (``ray stop`` would end everybody's.)
    """
    port, http = free_port(), free_port()
    # Ray's sockets lie in it, and may have paths of 107 letters.
    with tempfile.TemporaryDirectory(prefix="r9s", dir="/tmp", ignore_cleanup_errors=True) as folder:
        environment = {
            **os.environ,
            "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]]),
            "PYTHONPATH": installed(Path(folder, "engines")),
            "RAY_ADDRESS": f"127.0.0.1:{port}",
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": os.urandom(32).hex(),
            "RAY_USAGE_STATS_ENABLED": "0",
            "R9S_SERVER_API_KEY": KEY,
        }
        where = ("--head", "--node-ip-address", "127.0.0.1", "--port", str(port), "--temp-dir", folder)
        least = ("--num-cpus", str(CPUS), "--include-dashboard", "false", "--object-store-memory", str(256 * 2**20))
        with Path(folder, "ray.log").open("wb") as log:
            process = subprocess.Popen(
                [BIN / "ray", "start", "--block", *where, *least],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            ran(environment, "serve", "start", "--http-port", str(http), tries=10)  # the first may come too early
            yield Head(process, http, environment)
        finally:
            end(process)


def installed(folder: Path) -> str:
    """The folder, with the engine and its metadata as pip writes it."""
    metadata = folder / "logged-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: logged\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[r9s_notebook.engines]\nlogged = logged:LoggedEngine\n")
    shutil.copy(logged.__file__, folder)
    return str(folder)


def end(process: subprocess.Popen[bytes]) -> None:
    """All of its group; what is lost with them is the test's own."""
    family = psutil.Process(process.pid).children(recursive=True)  # some of which lead groups of their own
    os.killpg(process.pid, signal.SIGKILL)
    for child in family:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    process.wait(60)


def ran(environment: dict[str, str], tool: str, *arguments: str, tries: int = 1) -> None:
    where = {"cwd": environment["PYTHONPATH"], "env": environment}  # not the checkout: what was installed is tested
    for _ in range(tries):
        done = subprocess.run(
            [BIN / tool, *arguments], **where, capture_output=True, text=True, timeout=STARTS, check=False
        )
        if not done.returncode:
            return
    raise AssertionError(f"{tool} {' '.join(arguments)}\n{done.stdout}\n{done.stderr}")


def free_port() -> int:
    """One that stays free until it is used: between those of Ray's workers and those that systems hand out."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("a hundred ports, and none was free")
