"""Who publishes a release: letterhead, dateline, signature, addresses, and who is named first and most."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.model import Issuer
from pipeline.places.gazetteer import Entry, Gazetteer, key
from pipeline.text import View, fold

_HEAD = re.compile(
    r"(?:ville|commune|mairie|municipalite|village|cite|departement|region|conseil departemental|conseil general|conseil regional|communaute [\w' ]+|metropole|agglomeration)\s+(?:de la ville de\s+)?(?:de la\s+|de l'|des\s+|du\s+|de\s+|d')$"
)
_LETTERHEAD = re.compile(
    r"(?:l'|le |la )?(?:agglomeration|departement|region|metropole|conseil \w+|communaute[\w' ]{0,30}|pays|cc|ca|cu)(?: de la| du| de l'| des| de| d')?[ ']*"
)
#: Votes below which a single mention is a weak reason to call somebody the publisher.
_ENOUGH = 3.0
_MAYOR = re.compile(
    r"(?:maire|mairesse|adjointe? au maire|presidente?)\s+(?:de la ville\s+|de la commune\s+|du conseil departemental\s+)?(?:de la\s+|de l'|des\s+|du\s+|de\s+|d')$"
)
_DATELINE = re.compile(r"^,?\s*(?:\([^)]{2,30}\),?\s*)?le\s+(?:\w+\s+)?\d{1,2}(?:er)?\s")
_DOMAIN = re.compile(r"(?:@|www\.|https?://)([a-z0-9.-]+)\.[a-z]{2,8}\b")
_DOMAIN_NOISE = re.compile(
    r"\b(?:ville|mairie|www|commune|cc|ca|agglo|agglomeration|metropole|departement|region|presse|contact|accueil|communication|de|site)\b|[0-9]"
)
_POSTCODE = re.compile(r"(?<!\d)\d{5}\s+$")
# where something takes place is not who announces it
_LOCATED = re.compile(
    r"(?<!\w)(?:a|au|aux|vers|depuis|entre|via|rejoint|avec|et|contre|face a|derriere|devant|comme|apres|avant|jumelee? (?:a|avec)|voisine?s? (?:\w+ )?(?:de|et de))\s+$"
)
_GIVER = re.compile(r"(?<!\w)par (?:l'\w+ |\w+ ){1,3}(?:de la |de l'|du |des |de |d')?$")
_TITLE = 80  # characters
_TOGETHER = re.compile(
    r",? et (?:la |le |l')?(?:ville|commune|mairie|metropole|agglomeration|departement|region|conseil departemental|communaute[\w' ]{0,24}) ?(?:de la |de l'|de |d'|du |des )?"
)
_LETTERHEAD_END = re.compile(r"\s*(?:\n|[•|·–—]|- )")
_CONTACT = re.compile(
    r"contacts?\b|tel\b|telephone ?[:.0-9]|courriel|mail|@|adresse|service (?:de )?(?:la )?communication|place de l'hotel|hotel de ville"
)


def choose_issuer(
    view: View, mentions: Sequence[tuple[int, int, Entry]], hints: Sequence[str], gazetteer: Gazetteer
) -> Issuer:
    """The collectivity that publishes the text, with its probability among those that are named.

    `mentions` are (start, end, collectivity) in the view; `hints` are site names and addresses.
    """
    votes: dict[tuple[str, str], float] = defaultdict(float)
    entries: dict[tuple[str, str], Entry] = {}
    size = max(1, len(view.text))
    title = _end_of_title(view)
    seat = _seat_of_another(view, mentions)
    opened = False  # whether a collectivity has been named that is more than a location
    for start, end, entry in mentions:
        who: tuple[str, str] = (entry.kind, entry.code)
        entries[who] = entry
        before = view.folded[max(0, start - 45) : start]
        line = view.folded[view.folded.rfind("\n", 0, start) + 1 : start]
        if _GIVER.search(before):
            votes[who] += 0.05  # "attribué par la région Normandie"
            continue
        bracketed = before.rstrip().endswith("(")
        weight = 0.35 if entry.kind in ("departement", "region") else 0.6
        if bracketed or _LOCATED.search(before):
            weight = 0.05 if bracketed else 0.2
        if not votes and not bracketed:
            weight += 0.2  # named first, if only as where it happens
        if start < title and not bracketed and entry.kind not in ("departement", "region"):
            weight = max(weight, 0.9)  # "Ça bouge à Muret !": what the title names is at home
        if not opened and not bracketed and not _LOCATED.search(before):
            opened = True
            bonus = 1.4 if start < 400 else 0.2
            weight += bonus / 2 if entry.kind in ("departement", "region") else bonus
        if _HEAD.search(before):
            outer = start < 300 or start > 0.85 * size
            if outer or entry.kind not in (
                "departement",
                "region",
            ):  # these pay for much that others announce
                weight += 1.2 if outer else 0.7
        if _MAYOR.search(before):
            weight += 1.5
        if not line.strip() and _DATELINE.match(view.folded[end : end + 40]):
            weight += 1.0 if who != seat and seat else 3.5
        if who == seat:
            weight += 2.0
        if not view.text[:start].strip(" #*•-") and _LETTERHEAD_END.match(view.text, end):
            weight += 1.2  # "Bar-le-Duc • Direction de la communication"
        if start < 160 and (len(line) < 40 and "communique" in view.folded[:160]):
            weight += 0.8
        if start > 0.6 * size and _POSTCODE.search(before):
            weight += 1.2  # the address of the town hall
        if start > 0.75 * size and _CONTACT.search(view.folded, max(0, start - 160), min(size, end + 160)):
            weight += 0.9
        votes[who] += weight
    for domain in _domains(view.folded, hints):
        for who, entry in entries.items():
            name = key(entry.name).replace(" ", "")
            if name and (name in domain or (domain in name and len(domain) > 4)):
                votes[who] += 2.5
        if not entries:
            for row in gazetteer.rows(domain)[:1]:
                entry = gazetteer.entry(row)
                entries[entry.kind, entry.code] = entry
                votes[entry.kind, entry.code] += 2.5
    if not votes:
        return Issuer()
    best = max(votes, key=lambda who: (votes[who], entries[who].population, who))
    if joint := _joint(view, mentions):
        best = joint[0] if best == joint[1] else best  # a joint release is of the one that is named first
        votes[best] = max(votes.values())
    total = sum(math.exp(min(12.0, 1.1 * (weight - votes[best]))) for weight in votes.values())
    chosen = entries[best]
    return Issuer(
        kind=chosen.kind,
        code=chosen.code,
        name=chosen.name,
        method="text",
        score=round(min(0.99, 1 / total, max(0.1, votes[best] / _ENOUGH)), 3),
    )


def _joint(
    view: View, mentions: Sequence[tuple[int, int, Entry]]
) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The first two collectivities of a text when they act together: "Caen la mer et la ville de Caen lancent"."""
    if len(mentions) < 2 or mentions[0][0] > _TITLE:
        return None
    (_, end, one), (start, _, two) = mentions[:2]
    if one.code == two.code or not _TOGETHER.fullmatch(view.folded[end:start]):
        return None
    return (one.kind, one.code), (two.kind, two.code)


def _seat_of_another(view: View, mentions: Sequence[tuple[int, int, Entry]]) -> tuple[str, str] | None:
    """The EPCI, département or région of the letterhead: its dateline only tells where it has its seat."""
    seat: tuple[str, str] | None = None
    for start, end, entry in mentions:
        if start > 160:
            break
        line = view.folded[view.folded.rfind("\n", 0, start) + 1 : start]
        alone = _LETTERHEAD_END.match(view.text, end) is not None or end == len(view.folded)
        if alone and entry.kind == "commune" and _HEAD.search(line):
            return None  # "Département de X", then "Ville de Y": the old letterhead of a town hall
        if entry.kind not in ("commune", "other") and alone and (not line or _LETTERHEAD.fullmatch(line)):
            seat = seat or (entry.kind, entry.code)
    return seat


def _end_of_title(view: View) -> int:
    """Where the short lines that open a text end: letterhead, day and title; 0 when there are none."""
    end = 0
    for match in re.finditer(r"[^\n]+", view.text[:400]):
        if match.end() - match.start() > 110:
            break
        end = match.end()
    return end


def _domains(folded: str, hints: Sequence[str]) -> set[str]:
    """Addresses reduced to what names the collectivity: "www.ville-nevers.fr" → "nevers"."""
    found = set()
    for source in (folded, *map(fold, hints)):
        for match in _DOMAIN.finditer(source):
            name = match[1].split(".")[-1]
            bare = key(_DOMAIN_NOISE.sub(" ", name.replace("-", " "))).replace(" ", "")
            if len(bare) > 2:
                found.add(bare)
    return found
