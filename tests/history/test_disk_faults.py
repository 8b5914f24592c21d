"""Faults 38 and 42: disks that are full, read-only or slow, files that are gone or links. Made for real."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from r9s_notebook.errors import HistoryError, StoreUnavailableError
from r9s_notebook.history import NewRun, Run, Store
from r9s_notebook.history.filesystem import is_shared, type_in_mount, type_in_mountinfo
from r9s_notebook.history.location import find_home, user_data_folder
from tests.history.conftest import Child, an_image, keep

MOUNTINFO = r"""
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 22 0:26 / /home rw,relatime shared:9 - nfs4 server:/home rw,vers=4.2
32 31 254:1 / /home/ada/local\040disk rw,relatime - ext4 /dev/vdb rw
33 22 0:40 / /mnt/cloud rw - fuse.rclone remote: rw
34 22 0:41 / /mnt/usb rw - fuseblk /dev/sdb1 rw
"""
MOUNT = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ada@server/share on /Volumes/My Share (smbfs, nodev, nosuid, mounted by ada)
"""


def test_a_folder_that_cannot_be_written_falls_back_to_the_users_data_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".r9s").write_text("a file in place of the folder")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("R9S_NOTEBOOK_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    with Store() as store:
        assert store.home == user_data_folder(os.environ) / "history"
        assert store.notice is not None
        assert str(tmp_path / ".r9s") in store.notice
        assert keep(store).images


def test_a_folder_that_was_named_and_cannot_be_used_is_an_error_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailableError, match="Name another folder"):
        Store(tmp_path / "file" / "store")


def test_the_environment_names_the_folder(tmp_path: Path) -> None:
    assert find_home(None, {"R9S_NOTEBOOK_HOME": str(tmp_path / "here")}).path == tmp_path / "here"


def test_a_recorded_store_that_cannot_be_written_is_read(
    home: Path, tmp_path: Path, child: Callable[..., Child]
) -> None:
    """As another user, since a superuser may write anywhere."""
    with Store(home) as store:
        run = keep(store)
    for path in (home, *home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for folder in home.parents[: 4 if "PYTEST_XDIST_WORKER" in os.environ else 3]:  # pytest's own
        folder.chmod(0o755)
    try:
        reader = child(
            """
            import importlib, os, pkgutil, sys
            from r9s_notebook import history
            from r9s_notebook.errors import StoreUnavailableError
            from r9s_notebook.history import NewRun, Store
            # Everything is loaded and used once: whoever is nobody may not read root's Python any more.
            for module in pkgutil.iter_modules(history.__path__, "r9s_notebook.history."):
                importlib.import_module(module.name)
            with Store(sys.argv[3]) as elsewhere:
                elsewhere.begin(NewRun(prompt="a"))
            if os.getuid() == 0:
                os.setuid(65534)
            store = Store(sys.argv[1])
            print(len(store), store.writable, bool(store.image_bytes(sys.argv[2])))
            print(store.notice)
            try:
                store.begin(NewRun(prompt="a"))
            except StoreUnavailableError as error:
                print(error)
            """,
            home,
            run.images[0].sha256,
            tmp_path / "elsewhere",
        )
        assert reader.reads() == "1 False True"
        assert "can be read but not written" in reader.reads()
        assert "can only be read" in reader.reads()
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o755)


def test_a_full_disk_is_an_error_that_says_so_and_the_store_goes_on_afterwards(store: Store) -> None:
    """A limit on the size of files is as real as a full disk, and a test may set it."""
    run = store.begin(NewRun(prompt="a"))
    with file_size_limit(100_000), pytest.raises(StoreUnavailableError) as caught:
        store.complete(run.id, [an_image(bytes(200_000))])
    assert str(store.home) in str(caught.value)
    assert not list((store.home / "images").iterdir())
    assert not list((store.home / "tmp").iterdir())
    assert store.complete(run.id, [an_image(bytes(200_000))]).status == "succeeded"


def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(small_disk: Path) -> None:
    kept: list[Run] = []
    with Store(small_disk / ".r9s") as store:
        with pytest.raises(StoreUnavailableError, match=r"is full. Free some space"):
            kept.extend(keep(store, data=bytes([number]) * 100_000) for number in range(100))
        assert len(kept) > 3
        for run in kept:
            assert store.get(run.id) == run
            assert store.image_bytes(run.images[0].sha256)
        for run in kept[:3]:
            run.images[0].path.unlink()
        assert keep(store).status == "succeeded"


def test_a_full_disk_is_named_as_what_it_is(tmp_path: Path) -> None:
    from r9s_notebook.history.database import unavailable

    assert "is full" in str(unavailable(OSError(errno.ENOSPC, "No space left on device"), tmp_path))
    connection = sqlite3.connect(tmp_path / "x.db")
    connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.executescript("CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x)")
    connection.close()
    assert "Free some space" in str(unavailable(caught.value, tmp_path))


def test_a_run_whose_image_was_deleted_by_hand_is_listed_and_says_so(store: Store) -> None:
    run = keep(store)
    run.images[0].path.unlink()
    (listed,) = store.runs()
    assert listed.images[0].missing
    assert listed.images[0].thumbnail
    with pytest.raises(HistoryError, match="deleted or moved by hand"):
        store.image_bytes(run.images[0].sha256)


def test_a_changed_original_is_noticed(store: Store) -> None:
    image = keep(store).images[0]
    image.path.write_bytes(b"something else")
    with pytest.raises(HistoryError, match="damaged"):
        store.image_bytes(image.sha256)


def test_an_original_that_was_cut_off_is_written_again(store: Store) -> None:
    image = keep(store, data=b"whole").images[0]
    image.path.write_bytes(b"who")
    keep(store, data=b"whole")
    assert store.image_bytes(image.sha256) == b"whole"


def test_a_link_in_place_of_an_image_is_not_followed(store: Store, tmp_path: Path) -> None:
    image = keep(store, data=b"secret").images[0]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"secret")
    image.path.unlink()
    image.path.symlink_to(elsewhere)
    with pytest.raises(HistoryError, match="link"):
        store.image_bytes(image.sha256)


def test_a_link_in_place_of_the_image_folder_is_refused(home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    home.mkdir()
    (home / "images").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreUnavailableError, match="link"):
        Store(home)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, "", "/etc/passwd", "a" * 64 + "\n"])
def test_nothing_but_a_sha256_becomes_part_of_a_path(store: Store, name: str) -> None:
    with pytest.raises(HistoryError, match="does not name an image"):
        store.image_bytes(name)


def test_a_store_whose_folder_vanishes_says_so_and_goes_on(store: Store) -> None:
    keep(store)
    shutil.rmtree(store.home)
    keep(store)
    assert len(store) == 1


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/notes", "ext4"),
        ("/home/ada", "nfs4"),
        ("/home/ada/local disk/notes", "ext4"),
        ("/mnt/cloud/notes", "fuse.rclone"),
        ("/mnt/usb/notes", "fuseblk"),
    ],
)
def test_the_type_of_a_file_system_on_linux(folder: str, kind: str) -> None:
    assert type_in_mountinfo(Path(folder), MOUNTINFO) == kind


def test_the_type_of_a_file_system_on_macos() -> None:
    assert type_in_mount(Path("/Volumes/My Share/notes"), MOUNT) == "smbfs"
    assert type_in_mount(Path("/Users/ada"), MOUNT) == "apfs"


@pytest.mark.parametrize(
    ("kind", "shared"),
    [
        *((kind, False) for kind in ("ext4", "apfs", "overlay", "fuseblk", "")),
        *((kind, True) for kind in ("nfs4", "9p", "fuse.sshfs", "smbfs", "virtiofs")),
    ],
)
def test_which_file_systems_are_shared(kind: str, shared: bool) -> None:
    assert is_shared(kind) is shared


def test_where_a_write_ahead_log_is_not_safe_there_is_none(home: Path) -> None:
    with Store(home, wal=True) as store:
        keep(store)
    with Store(home, wal=False) as store:  # the folder was moved to a network disk
        keep(store)
        assert not (home / "history.db-wal").exists()
        assert len(store) == 2


class file_size_limit:  # noqa: N801 - reads as a function
    """No file of this process can grow beyond so many bytes."""

    def __init__(self, n_bytes: int) -> None:
        self._n_bytes = n_bytes

    def __enter__(self) -> None:
        import signal

        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)
        self._handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._n_bytes, self._before[1]))

    def __exit__(self, *_: object) -> None:
        import signal

        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)
        signal.signal(signal.SIGXFSZ, self._handler)


def test_a_run_whose_end_could_not_be_written_is_ended_as_soon_as_it_can_be(small_disk: Path) -> None:
    with Store(small_disk / ".r9s") as store:
        run = store.begin(NewRun(prompt="a lighthouse"))
        ballast = small_disk / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        with pytest.raises(StoreUnavailableError, match="full"):
            store.complete(run.id, [an_image(bytes(200_000))])
        with contextlib.suppress(StoreUnavailableError):
            store.fail(run.id, "The disk is full.")
        ballast.unlink()
        store.settle()
        ended = store.get(run.id)
        assert ended is not None
        assert ended.status in {"failed", "interrupted"}
        again = store.complete(run.id, [an_image(b"small enough")])
        assert again.status == "succeeded"
        store.delete(run.id)
        assert store.get(run.id) is None
