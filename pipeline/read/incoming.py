"""What reading gives: releases with what stood beside them, and inputs that could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Release


@dataclass(frozen=True, slots=True)
class Incoming:
    """A release as it was read; `hints` are site names and addresses that may name its issuer."""

    release: Release
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no record: which, at what stage, what kind of error, and what to do."""

    source: str
    stage: str
    error: str
    message: str


class ReadError(ValueError):
    """An input that cannot be read; `kind` is a short name, the message says what to do."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Content:
    """What a format makes of a file: its text, and what its metadata say."""

    text: str
    title: str | None = None
    published: str | None = None
    issuer: str | None = None
    hints: tuple[str, ...] = ()
