"""Runs the command where there is too little room: ``python -m tests.job.filling SOURCE FOLDER disk|limit``.

"limit" bounds the size of each file (``RLIMIT_FSIZE``), "disk" gives a file system of its own that is too small
(tmpfs, for which one must be root).  Writes FOLDER/quiet (undisturbed) and FOLDER/filled/out, prints what each run
that found no room said, and ends with one that has enough.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from pipeline.cli import run as command
from pipeline.cli.common import app

#: Room for each run, as a share of what an undisturbed one writes.
SHARES = (0.03, 0.2, 0.45, 0.8)


def _run(source: Path, out: Path, told: Path, limit: int | None = None) -> int:
    """The exit status of a run in a process of its own; what it says goes to a file."""
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        status: object = 99
        try:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            status = app(["run", str(source), "--out", str(out), "--resume"], standalone_mode=False)
        finally:
            os._exit(status if isinstance(status, int) else 98)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main(source: Path, folder: Path, way: str) -> None:
    """Fill the room again and again, then give enough."""
    analyser = command.load_analyser()
    analyser("La ville de Nevers obtient sa 3e fleur en 2021.")
    command.load_analyser = lambda: analyser
    told = folder / "told.txt"
    _run(source, folder / "quiet", told)
    place = folder / "filled"
    place.mkdir()
    records, whole = (folder / "quiet" / "records.jsonl").stat().st_size, _size(folder / "quiet")
    if way == "disk":
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "beffroi-test", str(place)], check=True)
    try:
        for share in SHARES:
            if way == "disk":
                _room(place, int(share * whole))
                status = _run(source, place / "out", told)
            else:
                status = _run(source, place / "out", told, int(share * records))
            kept = place / "out" / ".unfinished"
            print(
                f"{share}: exit {status}, {sum(1 for _ in kept.rglob('*.jsonl'))} kept: {told.read_text().strip()}"
            )
        if way == "disk":
            _room(place, 4 * whole)
        print(f"last: exit {_run(source, place / 'out', told)}")
        if way == "disk":
            subprocess.run(["cp", "-r", str(place / "out"), str(folder / "copy")], check=True)
    finally:
        if way == "disk":
            subprocess.run(["umount", str(place)], check=True)
    if way == "disk":
        (folder / "copy").rename(place / "out")


def _room(place: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={max(size // 1024, 8)}k", str(place)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
