"""The document that a name leads to: the way that reading went, gone again for one name only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.read.incoming import Failure, ReadError
from pipeline.read.options import Options
from pipeline.read.unpack import Document, caught, documents, pages

_STEP = re.compile("[/#]")
_NUMBER = re.compile(r"#[1-9]\d{0,8}")
_LONGEST = 4_000  # characters of a name
#: Web archives are read bit by bit, whatever their size.
_STREAMED = (".warc", ".warc.gz")


def locate(source: str, options: Options) -> Iterator[Document]:
    """The documents that a source as a record tells it may come from: "a.zip/mails/b.eml/communique.pdf#2".

    Most often one; names in archives need not be unique.  Only what the name leads to is opened, within the limits.
    Raises `ReadError`, with what to do in French for staff.
    """
    path, said = file_of(source)
    failed: Failure | None = None
    try:
        size = path.stat().st_size
        if size > options.limits.size and not path.name.lower().endswith(_STREAMED):
            raise ReadError("too-large", "le fichier est trop grand pour être montré")
        with path.open("rb") as stream:
            found = (
                caught(said, pages(said, stream, options, wanted=lambda name: _leads(name, source)))
                if size > options.limits.size
                else documents(said, stream.read(), options, wanted=lambda name: _leads(name, source))
            )
            for one in found:
                if isinstance(one, Failure):
                    failed = one
                elif _is(one.said, source):
                    failed = None
                    yield one
    except OSError as error:
        raise ReadError("unreadable", f"le fichier ne se laisse pas lire ({error.strerror})") from error
    if failed is not None:
        raise ReadError(failed.error, f"le fichier ne se laisse plus ouvrir ({failed.error})")


def file_of(source: str) -> tuple[Path, str]:
    """The file that a source begins with, and what reading calls it.  Raises `ReadError` when it is gone."""
    ends = [step.start() for step in _STEP.finditer(source[:_LONGEST]) if step.start()]
    for end in (*ends, len(source)):
        name = source[:end]
        for there in (name, f"{name}.gz"):  # what a gzip file holds bears its name without the ending
            path = Path(there)
            try:
                if path.is_file():
                    return path, name if there == name else there
            except (OSError, ValueError):  # a name that no file system takes
                continue
    raise ReadError("not-found", "le fichier n’est plus à sa place")


def _leads(name: str, source: str) -> bool:
    """Whether the part of this name is the source, or holds it."""
    return source == name or source.startswith((f"{name}/", f"{name}#"))


def _is(name: str, source: str) -> bool:
    """Whether the source is the document of this name, or one of the releases in it ("#2")."""
    return source == name or (source.startswith(name) and _NUMBER.fullmatch(source[len(name) :]) is not None)
