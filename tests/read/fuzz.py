"""Fuzzing the readers: bytes of every kind, real files with bytes changed; bounded in time.

Run as ``make fuzz`` (two minutes) or ``python -m tests.read.fuzz SECONDS``.  Exits 1 with the bytes when reading raises,
gives nothing, or gives what cannot be written.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.read import Incoming, Limits, Options, read
from tests.read.bad import FILES
from tests.read.folder import folder
from tests.read.test_bulletins import DIGESTS
from tests.read.test_containers import MAKERS
from tests.read.test_press import VARIANTS
from tests.review.test_originals_packed import PACKED

_LARGEST = 200_000  # bytes of a file that is changed; larger ones would only be slow
_OPTIONS = Options(limits=Limits(seconds=20))


def seeds() -> dict[str, bytes]:
    """Real and broken files to begin with, by name."""
    found = {file.name: file.content for file in folder()}
    found |= {name: make() for name, (make, _) in FILES.items() if "bomb" not in name}
    found |= {f"bulletin-{number}.html": page.encode() for number, page in enumerate(DIGESTS.values())}
    found |= {f"press-{number}.html": page.encode() for number, page in enumerate(VARIANTS.values())}
    with tempfile.TemporaryDirectory() as place:
        found |= {name: make(Path(place)) for name, (make, _) in MAKERS.items()}
    found |= {f"mail-{name}": make() for name, (make, _) in PACKED.items()}
    return {name: content for name, content in found.items() if len(content) <= _LARGEST}


@st.composite
def changed(draw: st.DrawFn, files: dict[str, bytes]) -> tuple[str, bytes]:
    """A real file with some bytes changed, cut out or put in, under its own name or another's."""
    name = draw(st.sampled_from(sorted(files)))
    data = bytearray(files[name])
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.integers(0, 3)):
            case 0:
                data[place : place + 1] = draw(st.binary(min_size=1, max_size=4))
            case 1:
                del data[place : place + draw(st.integers(1, 400))]
            case 2:
                data[place:place] = draw(st.binary(max_size=40))
            case _:
                data[place:place] = data[: draw(st.integers(1, 2000))]
    return draw(st.sampled_from([name, *sorted(files)])), bytes(data)


def check(name: str, data: bytes) -> None:
    """Reading must end, with a failure or with releases that can be written."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / name
        path.write_bytes(data)
        found = list(read(path, options=_OPTIONS))
    assert found, "an input was lost"
    for one in found:
        if isinstance(one, Incoming):
            assert one.release.text.strip()
            one.release.text.encode()
        else:
            assert one.stage == "read"
            assert one.message
            assert one.error not in ("reader-died", "unwritable"), one.message


def main(seconds: float) -> int:
    """Fuzz for so many seconds; 1 when something was found."""
    files = seeds()
    until = time.monotonic() + seconds
    done = 0

    @settings(
        max_examples=200, deadline=None, database=None, print_blob=True,
        phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.one_of(changed(files), st.tuples(st.sampled_from(sorted(files)), st.binary(max_size=400))))
    def one_round(case: tuple[str, bytes]) -> None:
        nonlocal done
        if time.monotonic() < until:
            check(*case)
            done += 1

    while time.monotonic() < until:
        try:
            one_round()
        except AssertionError as error:
            print(f"found after {done} inputs: {error}")
            return 1
    print(f"{done} inputs read in {seconds:.0f} s, none raised, was lost or killed the reader")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 120))
