"""What finders of unknown awards share: the name as it is written down, and the year behind it."""

from __future__ import annotations

import re

from pipeline.text import View

YEAR_AFTER = re.compile(
    r"\"?\s*(?:[,(]|:(?=\s*(?i:palmarès|édition)))?\s*(?:(?i:édition|millésime|cru|session|palmarès|en|de)\s+)*((?:19|20)\d\d)(?!\s*(?:-|/|à)\s*\d|\d|\s+(?:habitants|euros|€|places))\)?"
)


def clean(name: str) -> str:
    """A name without its year, quotation marks and what surrounds it."""
    return re.sub(r"\s+", " ", re.sub(r"\"", "", re.sub(r"\s(?:19|20)\d\d$", "", name))).strip(" ,.'")


def edition_behind(view: View, end: int) -> int | None:
    """The year right behind a name that ends at `end`: "Hashtags 2024", "édition 2024", "(2024)"."""
    year = YEAR_AFTER.match(view.text, end)
    return int(year[1]) if year else None
