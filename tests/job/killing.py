"""Runs the command again and again and kills it at random moments: ``python -m tests.job.killing SOURCE FOLDER KILLS``.

The language model is loaded once; each run is a fork of this process, so that the moments fall into the work and not
into the loading.  Writes FOLDER/quiet (undisturbed) and FOLDER/killed, and prints how often a run was killed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from pipeline.cli import run as command
from pipeline.cli.common import app

_MOST = 5  # attempts for each kill: a run that is over before its moment begins anew


def _run(source: Path, out: Path, moment: float | None) -> tuple[bool, float]:
    """Whether a run was killed, and how long it took; it is killed after so many seconds, if any."""
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            app(["run", str(source), "--out", str(out), "--resume"], standalone_mode=False)
        except SystemExit:
            pass
        finally:
            os._exit(0)
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.WIFSIGNALED(status), time.monotonic() - began
        if moment is not None and time.monotonic() - began >= moment:
            os.kill(pid, signal.SIGKILL)
            moment = None
        time.sleep(0.002)


def main(source: Path, folder: Path, kills: int) -> None:
    """Kill runs until so many were killed, then let one end."""
    analyser = command.load_analyser()
    analyser("La ville de Nevers obtient sa 3e fleur en 2021.")
    command.load_analyser = lambda: analyser
    _, whole = _run(source, folder / "quiet", None)
    chance, killed = random.Random(7), 0
    for _ in range(kills * _MOST):
        cut, _ = _run(source, folder / "killed", chance.uniform(0.02, 0.3) * whole)
        killed += cut
        if killed == kills:
            break
        if not cut:
            shutil.rmtree(folder / "killed", ignore_errors=True)
    _run(source, folder / "killed", None)
    print(f"{killed} killed, {whole:.1f} s undisturbed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
