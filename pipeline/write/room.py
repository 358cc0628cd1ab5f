"""Room to write in: what to do when a disk gives none, and files that are whole or not there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WriteError(Exception):
    """What a run found cannot be written; the message says where, why and what to do."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Tells errors of the disk below as a `WriteError` that names the folder."""
    try:
        yield
    except OSError as error:
        raise WriteError(_told(folder, error)) from error


def _told(folder: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.errno in _FULL or "space left" in reason:
        return (
            f"{folder}: no room for the results ({reason}); make room there and run the same command with --resume, "
            "which goes on where this one stopped, or give another folder with --out"
        )
    return (
        f"{folder}: the results cannot be written ({reason}); mend that and run the same command with --resume, "
        "which goes on where this one stopped, or give another folder with --out"
    )


def put(path: Path, content: bytes) -> None:
    """Write a file that is whole or not there, whatever happens meanwhile."""
    unfinished = path.with_name(f".{path.name}.unfinished")  # hidden: no later reading takes it for a file
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def forced(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk: the power may fail."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folder
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
