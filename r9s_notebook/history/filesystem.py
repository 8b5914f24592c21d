"""Whether a folder lies on a file system where SQLite's write-ahead log is safe.

The log's index is shared memory, which processes on two machines do not share (https://sqlite.org/wal.html, "All
processes using a database must be on the same host computer"). Folders that a virtual machine or a container shares
with its host are of the same kind.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

_NETWORK = {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "coda", "davfs", "webdav"}
_CLUSTER = {"ceph", "glusterfs", "lustre", "gpfs", "beegfs", "orangefs", "pvfs2"}
_HOST = {"9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "osxfs", "fakeowner", "grpcfuse"}
_SHARED = frozenset(_NETWORK | _CLUSTER | _HOST)
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.fuse-overlayfs", "fuse.overlayfs", "fuse.ntfs-3g", "fuse.exfat"})
_MACOS_MOUNT = re.compile(r"^.+? on (?P<folder>.+) \((?P<type>[\w.]+)[,)]")


def allows_wal(folder: Path) -> bool:
    """True where the folder is on a local disk, as far as the system says."""
    if sys.platform == "win32":
        return not _is_remote_on_windows(folder)
    kind = type_in_mountinfo(folder, _mountinfo()) if sys.platform == "linux" else type_in_mount(folder, _mount())
    return not is_shared(kind)


def is_shared(kind: str) -> bool:
    """True for a file system that several machines can have open; for FUSE unless it is known to be a local disk."""
    kind = kind.lower()
    return kind in _SHARED or (kind.startswith(("fuse", "macfuse", "osxfuse")) and kind not in _LOCAL_FUSE)


def type_in_mountinfo(folder: Path, mountinfo: str) -> str:
    """The type of a folder's file system, from Linux's ``/proc/self/mountinfo`` (see proc(5)); ``""`` if unknown."""
    mounts = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) > 4 and after:
            mounts.append((re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), fields[4]), after.split()[0]))
    return _innermost(folder, mounts)


def type_in_mount(folder: Path, output: str) -> str:
    """The same from what macOS's ``mount`` prints."""
    matches = filter(None, map(_MACOS_MOUNT.match, output.splitlines()))
    return _innermost(folder, [(match["folder"], match["type"]) for match in matches])


def _innermost(folder: Path, mounts: list[tuple[str, str]]) -> str:
    above = [
        (len(Path(point).parts), order, kind) for order, (point, kind) in enumerate(mounts) if _is_in(folder, point)
    ]
    return max(above)[2] if above else ""


def _is_in(folder: Path, point: str) -> bool:
    return folder.is_relative_to(point)


def _mountinfo() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(errors="replace")
    except OSError:
        return ""


def _mount() -> str:
    try:
        return subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def _is_remote_on_windows(folder: Path) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    drive = os.path.splitdrive(folder)[0]
    return drive.startswith("\\\\") or bool(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4)  # DRIVE_REMOTE
