"""What a user may say of reading: limits that keep hostile files out, and the columns of tables."""

from __future__ import annotations

import msgspec

#: Bytes of one file or part of a file.
LARGEST = 50_000_000


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much reading one input may cost; the command `beffroi run` has an option for each.

    Parameters
    ----------
    size : bytes of a file, or of one part of an archive (`--max-size`, there in MB)
    expansion : how many times `size` an archive may hold when it is opened (`--max-expansion`)
    members : files in an archive (`--max-members`)
    depth : elements inside one another in a page (`--max-depth`)
    tags : tags of a page (`--max-tags`)
    pages : pages of a PDF (`--max-pages`)
    seconds : time to read one document (`--max-seconds`)
    memory : bytes that the reading process may take (`--max-memory`, there in MB)
    """

    size: int = LARGEST
    expansion: int = 20
    members: int = 100_000
    depth: int = 2_000
    tags: int = 200_000
    pages: int = 300
    seconds: float = 60.0
    memory: int = 4_000_000_000


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Names of the columns of a table; what is not named is looked for under its usual names."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    issuer: str | None = None


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Limits and columns of one reading, and the words that addresses of a web archive's pages must match."""

    limits: Limits = Limits()
    columns: Columns = Columns()
    matching: str = ""
    french_only: bool = True
