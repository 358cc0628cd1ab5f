"""Bad input: each is one failure with its name, stage, reason and remedy, and the batch goes on."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.read import Failure, Incoming, Limits, Options, child, read
from pipeline.read.child import parse
from pipeline.read.incoming import ReadError
from tests.read.bad import FILES, TEXT, special, zipped

GOOD = "Demain, la ville de Tours ferme sa piscine."


@pytest.mark.parametrize("name", FILES)
def test_bad_input_is_told_and_the_batch_goes_on(tmp_path: Path, name: str) -> None:
    make, kind = FILES[name]
    path, good = tmp_path / name, tmp_path / "zz-good.txt"
    path.write_bytes(make())
    good.write_text(GOOD, encoding="utf-8")
    began = time.monotonic()
    *found, last = read(path, good)
    assert time.monotonic() - began < 60
    assert isinstance(last, Incoming)
    assert last.release.text == GOOD
    if kind is None:
        assert all(isinstance(one, Incoming) and len(one.release.text) < 200 for one in found)
        assert len(found) == 1
        assert "root:" not in found[0].release.text  # type: ignore[union-attr]  # all are Incoming, see above
    else:
        assert {one.error for one in found if isinstance(one, Failure)} == {kind}
        assert not any(isinstance(one, Incoming) for one in found)
        for one in found:
            assert isinstance(one, Failure)
            assert str(path) in one.message
            assert "\n" not in one.message
            assert one.stage == "read"


def test_there_are_many_kinds_of_bad_input() -> None:
    assert len(FILES) >= 40


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    expected = special(tmp_path)
    found = list(read(*expected))
    assert [one.error for one in found if isinstance(one, Failure)] == list(expected.values())


def test_folders_that_are_not_looked_into_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner, closed = tmp_path / "in" / "a", tmp_path / "in" / "closed"
    inner.mkdir(parents=True)
    closed.mkdir()
    (inner / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")  # a loop
    scandir, listdir = os.scandir, os.listdir

    def refused(of: Callable[..., object]) -> Callable[..., object]:
        def look(path: object = ".") -> object:
            if str(path) == str(closed):
                raise PermissionError(13, "Permission denied", str(path))
            return of(path)

        return look

    monkeypatch.setattr(os, "scandir", refused(scandir))
    monkeypatch.setattr(os, "listdir", refused(listdir))
    found = list(read(tmp_path / "in"))
    assert [one.error if isinstance(one, Failure) else one.release.source for one in found] == [
        str(inner / "a.txt"), "link", "unreadable",
    ]  # fmt: skip
    monkeypatch.undo()
    assert len([one for one in read(f"{tmp_path}/in/*") if isinstance(one, Incoming)]) == 1


def test_a_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a name in bytes
        file.write(TEXT)
    (found,) = read(tmp_path)
    assert isinstance(found, Incoming)
    found.release.source.encode()


def test_limits_can_be_raised_and_lowered(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{'<div>' * 3000}<p>{TEXT}</p></body></html>", encoding="utf-8")
    (refused,) = read(path)
    (taken,) = read(path, options=Options(limits=Limits(depth=4000)))
    assert isinstance(refused, Failure)
    assert "--max-depth" in refused.message
    assert not (isinstance(taken, Failure) and taken.error == "too-deep")
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}))
    (refused,) = read(archive, options=Options(limits=Limits(members=1)))
    assert isinstance(refused, Failure)
    assert "--max-members" in refused.message
    (refused,) = read(archive, options=Options(limits=Limits(size=400, expansion=0)))
    assert isinstance(refused, Failure)
    assert "--max-expansion" in refused.message
    (refused,) = read(archive, options=Options(limits=Limits(size=40, expansion=100)))
    assert isinstance(refused, Failure)
    assert "--max-size" in refused.message


PAGE = f"<html><body>{f'<p>{TEXT}</p>' * 60_000}</body></html>".encode()


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    slow, good = tmp_path / "a.html", tmp_path / "b.html"
    slow.write_bytes(PAGE)
    good.write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    parse("html", good.read_bytes(), Options())  # the libraries are loaded
    first, second = read(slow, good, options=Options(limits=Limits(seconds=0.5)))
    assert isinstance(first, Failure)
    assert first.error == "too-slow"
    assert "--max-seconds" in first.message
    assert isinstance(second, Incoming | Failure)  # a new process may need longer than that to begin
    (second,) = read(good)
    assert isinstance(second, Incoming)


def test_a_parser_that_crashes_takes_only_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{name}.html" for name in "abc"]
    for path in paths:
        path.write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    receive, calls = child._receive, iter(range(10))

    def crash_at_the_second(pipe: object) -> bytes:
        if next(calls) == 1:
            process = child._child._process
            assert process is not None
            os.kill(process.pid, signal.SIGSEGV)
            process.wait()
        return receive(pipe)  # type: ignore[arg-type]  # the pipe is passed on

    parse("html", paths[0].read_bytes(), Options())
    monkeypatch.setattr(child, "_receive", crash_at_the_second)
    found = list(read(*paths))
    # what the dead process had answered already may still be in the pipe
    assert [isinstance(one, Incoming) for one in found][0::2] == [True, True]
    assert isinstance(found[1], Incoming) or found[1].error == "reader-died"


def test_a_document_that_asks_for_too_much_memory_is_given_up() -> None:
    with pytest.raises(ReadError) as error:
        parse("html", PAGE, Options(limits=Limits(memory=150_000_000)))
    assert error.value.kind in ("too-large", "reader-died")


def test_reading_opens_no_connection(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        page = (
            f'<!DOCTYPE html SYSTEM "{address}/dtd"><html><head><link rel="stylesheet" href="{address}/css"><base '
            f'href="{address}/"></head><body><p>{TEXT}</p><img src="{address}/png"><iframe src="{address}"></iframe>'
        )
        path = tmp_path / "a.html"
        path.write_text(page, encoding="utf-8")
        (found,) = read(path)
        assert isinstance(found, Incoming)
        with pytest.raises(TimeoutError):
            server.accept()
