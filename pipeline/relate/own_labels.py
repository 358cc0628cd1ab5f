"""Lists of what one town has had: "Depuis cinq ans, la commune collectionne les récompenses :", "Nos labels"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.relate.actors import Actor
from pipeline.text import View

_HEAD = re.compile(
    r"(?:recompenses|labels|distinctions|titres|trophees|certifications|reconnaissances|prix|honneurs)(?:,? [^.]{0,60})?\s?:?$"
)
_OF_OTHERS = re.compile(
    r"laureats|nomine|finalist|candidat|vise|souhait|ambition|prochain|suivants? (?:seront|recompense)|remet|decern|existe|quels|inscri|postul|projet"
)
_BULLET = re.compile(r"\s*[-*•·▪►▶➤✓✔>]")
_REACH = 400  # characters from the head of the list to its first line
_NEXT = 200  # characters from one line to the next
_LONGEST = 260  # characters of a line


class OwnLabels:
    """The list that is being read, if any.  Offsets point into the view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._open: tuple[Sequence[Actor], int] | None = None

    def open(self, start: int, end: int, who: Sequence[Actor], issuer: Sequence[Actor]) -> bool:
        """Take a sentence as the head of a list of what one town has had; whether it is one."""
        folded = self.view.folded[start:end].strip()
        if not (folded.endswith(":") or (end - start < 60 and folded[-1:] not in ".!?;,")):
            return False
        if not _HEAD.search(folded) or _OF_OTHERS.search(folded):
            return False
        subjects = [a for a in who if not a.located][:1]
        ours = re.search(r"(?<!\w)(?:nos|notre|nous|ses|ville|commune)(?!\w)", folded)
        got = subjects or (list(issuer) if ours else [])
        self._open = (got, end + _REACH) if got else None
        return bool(got)

    def line(self, start: int, end: int) -> Sequence[Actor]:
        """Whose the award of a line is, when it stands in such a list; empty for none."""
        if self._open is None or start > self._open[1]:
            self._open = None
            return ()
        if not _BULLET.match(self.view.text[start:end]) or end - start > _LONGEST:
            return ()
        self._open = (self._open[0], end + _NEXT)
        return self._open[0]
