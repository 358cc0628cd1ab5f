"""Contests that only the news of them betrays: a title ("VITRINES EN FÊTE : le palmarès"), an edition, a vote, a hashtag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.awards.catalogue import words
from pipeline.awards.forms import forms
from pipeline.awards.mention import AwardMention
from pipeline.awards.names import clean, edition_behind
from pipeline.naming import LINKS, NAME_WORD
from pipeline.text import View, fold

_HASHTAG = re.compile(r"(?<!\w)#(?P<tag>[A-ZÀ-ÖØ-Þ][\w]{5,40})")
_CAMEL = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-ÿ]*|\d+")


@cache
def _contest_told() -> re.Pattern[str]:
    """That there is a contest at all (folded)."""
    return re.compile(rf"(?<!\w)(?:{forms()['contest_told']})(?!\w)")


@cache
def _news_patterns() -> tuple[re.Pattern[str], ...]:
    """What announces a contest by its name, over the evened text."""
    name = (
        rf"(?P<name>{NAME_WORD}(?:\s(?:{LINKS})?{NAME_WORD}|\s(?:in|et|en|de|du|des|à) {NAME_WORD}){{1,5}})"
    )
    return tuple(re.compile(pattern.replace("{name}", name), re.M) for pattern in forms()["contest_news"])


def of_news(view: View, others: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """Contests named in the news of them; `others` are the awards found before.  Offsets point into `view.text`.

    Hashtags come first, since they tell where a name ends: "#LoirePitchParty".  Where a whole contest is named
    already, a hashtag is of something else.
    """
    if not _contest_told().search(view.folded):
        return
    spans = [] if any(not one.small for one in others) else [*_tagged(view)]
    spans.extend(match.span("name") for pattern in _news_patterns() for match in pattern.finditer(view.text))
    for start, end in spans:
        name = clean(view.text[start:end])
        found = words(name)
        if len(found) > 1 and not name[0].isdigit() and set(found[:2]).isdisjoint(forms()["no_award_names"]):
            yield AwardMention(
                start, end, None, name, edition=edition_behind(view, end), rule="nom dans une annonce"
            )


def _tagged(view: View) -> Iterator[tuple[int, int]]:
    """Where the text says the words that a hashtag of several words glues together."""
    for tag in _HASHTAG.finditer(view.text):
        parts = _CAMEL.findall(tag["tag"])
        spelled = r"[\s'-]+".join(re.escape(fold(part)) for part in parts)
        if len(parts) > 1 and (said := re.search(rf"(?<![\w#]){spelled}(?!\w)", view.folded)):
            yield said.span()
