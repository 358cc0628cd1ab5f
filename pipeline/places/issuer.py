"""Who publishes a release: letterhead, dateline, signature, addresses, its voice, and who is named first and most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from pipeline.model import Collectivity, Issuer
from pipeline.places.context import context
from pipeline.places.further import tags
from pipeline.places.gazetteer import Entry, Gazetteer, key
from pipeline.places.scene import DATELINE, ENUMERATED
from pipeline.text import View, fold

Who = tuple[str, str]
Mention = tuple[int, int, Entry]

_HEAD = re.compile(
    r"(?<!\w)(?:ville|commune|mairie|municipalite|village|cite|departement|region|conseil departemental|conseil general|conseil regional|collectivite(?: \w+)?|communaute [\w' ]+|metropole|agglomeration|agglo|intercommunalite|assemblee|gazette|echo|bulletin|journal)\s+(?:de la ville de\s+)?(?:de la\s+|de l'|des\s+|du\s+|de\s+|d')?$"
)
_LETTERHEAD = re.compile(
    r"(?:l'|le |la )?(?:agglomeration|departement|region|metropole|conseil \w+|communaute[\w' ]{0,30}|pays|cc|ca|cu)(?: de la| du| de l'| des| de| d')?[ ']*"
)
#: Vote below which a single mention is a weak reason to call somebody the publisher.
_ENOUGH = 3.0
_MAYOR = re.compile(
    r"(?:maire|mairesse|adjointe? au maire|presidente?)\s+(?:de la ville\s+|de la commune\s+|du conseil departemental\s+)?(?:de la\s+|de l'|des\s+|du\s+|de\s+|d')$"
)
_SUFFIX = r"\.(?:fr|com|org|net|eu|info|bzh|re|corsica|alsace|paris|gp|gf|mq|pm|yt|nc|pf|example)(?!\w)"
_ENDS_ADDRESS = re.compile(_SUFFIX)
_ADDRESS = re.compile(
    r"(?<![\w.@-])(?:(?P<box>[a-z0-9._-]{1,64})@|https?://)?"
    rf"(?P<domain>[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,4}}){_SUFFIX}"
)
_DOMAIN_NOISE = re.compile(
    r"\b(?:ville|mairie|www|commune|cc|ca|cd|cg|agglo|agglomeration|metropole|departement|region|presse|contact|accueil|communication|com|service|info|de|site)\b|[0-9]"
)
_DOMAIN_PUBLIC = re.compile(r"(?:ville|mairie|commune|agglo|metropole|departement|cc-|ca-)")
_NUMBERED = re.compile(
    r"(?:cd|cg|departement|conseil-departemental|conseil-general)-?(?P<code>\d{2,3}|2a|2b)$"
)
_POSTCODE = re.compile(r"(?<!\d)\d{5}\s+$")
# inhabitants by the name of their town: "Ploufraganais", "Lucéens"
_DEMONYM = re.compile(
    r"(?<![\w'-])(?P<stem>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{3,})(?:ais|aises?|ois|oises?|iens?|iennes?|ens?|ennes?|éens?|éennes?|ins?|ines?)(?!\w)"
)
# "Anne-Sophie Guérin": a surname, not the people of Guer
_FIRST_NAME = re.compile(
    r"(?<![\w'-])(?!(?:[LD]es|Aux|Nos|Chers|Chères|Une?|La|Le|Amies?|Amis|Jeunes|Quelque|Tous|Toutes)\s)[A-ZÀ-ÖØ-Þ][\w'-]+ $"
)
_NO_STEM = frozenset(
    (
        "le",
        "la",
        "les",
        "l",
        "saint",
        "sainte",
        "saints",
        "villeneuve",
        "ville",
        "villers",
        "mont",
        "bois",
        "val",
        "pont",
    )
)
_LEAST_STEM, _MOST_STEM = 3, 6  # letters
_LINE = 160  # characters of the line before a name that are read
_HAS_A_SITE = 5000  # inhabitants of a town whose bare name in an address is taken for it
_KNOWN = 1000  # inhabitants of a town whose demonym is taken for it
# what can stand before a dateline in its line: "Communiqué – Gien, le 9 mai 2022"
_OPENS_DATELINE = re.compile(r"\s*(?:communique(?: de presse)?\s*[-:|•·]?\s*)?")
_GIVER = re.compile(
    r"(?<!\w)par (?!(?:la |le |l'|son |sa |notre )?(?:ville|commune|mairie|municipalite|maire|adjoint|elus?|conseil municipal)(?!\w))(?:l'\w+ |\w+ ){1,3}(?:de la |de l'|du |des |de |d')?$"
)
_TITLE = 80  # characters
_SENTENCE = 60  # characters from which a line that ends with a stop is no title
_TOGETHER = re.compile(
    r",? et (?:la |le |l')?(?:ville|commune|mairie|metropole|agglomeration|departement|region|conseil departemental|communaute[\w' ]{0,24}) ?(?:de la |de l'|de |d'|du |des )?"
)
_LETTERHEAD_END = re.compile(r"\s*(?:\n|[•|·–—/]|- )")
_SIGNED_END = re.compile(r"[ .!]*(?:\n|$|,|\(|[•|·–—/-])")
_CONTACT = re.compile(
    r"contacts?\b|tel\b|telephone ?[:.0-9]|(?<!\d)0\d(?:[ .]?\d\d){4}(?!\d)|courriel|mail|@|adresse|service (?:de )?(?:la )?communication|place de l'hotel|hotel de ville"
)
_BARE = re.compile(r"(?<!\w)la (?:ville|commune|municipalite)(?! (?:de|d'|du|des)(?!\w))(?!\w)")
_ROW = 3  # communes
#: Words of a voice below which it is not heard in full.
_FEW = 3
#: Signs that count as often as they are there, up to so many times; the others count once.
_REPEATED = {
    "named": 6, "located": 4, "apart": 2, "head": 3, "head_wide": 2, "mayor": 2, "address": 2, "subject": 2, "own": 2,
}  # fmt: skip


@cache
def _lexicon() -> dict[str, Any]:
    """The compiled words of ``data/issuer.yaml``."""
    source = (resources.files(__package__) / "data" / "issuer.yaml").read_text(encoding="utf-8")
    data = yaml.load(source, Loader=yaml.CSafeLoader)
    return {
        "voice": {kind: re.compile(pattern) for kind, pattern in data["voice"].items()},
        "capital_voice": {kind: re.compile(pattern) for kind, pattern in data["capital_voice"].items()},
        "providers": frozenset(data["providers"]),
        "weights": {name: fitted for name, (_, fitted) in data["weights"].items()},
        "signature": re.compile(data["signature"]),
        "signed": re.compile(rf"{data['signature']}\W*(?:(?:de la |de l'|de |d'|du |des ))?$"),
    }


def choose_issuer(
    view: View,
    mentions: Sequence[Mention],
    hints: Sequence[str],
    gazetteer: Gazetteer,
    given: Collectivity | None = None,
) -> Issuer:
    """The collectivity that publishes the text, with its probability among those that are named.

    `mentions` are (start, end, collectivity) in the view; `hints` are site names and addresses;
    `given` is the publisher that is known from elsewhere, which a text that says little does not unseat.
    """
    signs, entries = issuer_signs(view, mentions, hints, gazetteer, given)
    if not signs:
        return Issuer()
    weights = _lexicon()["weights"]
    votes = {who: sum(weights[name] * count for name, count in told.items()) for who, told in signs.items()}
    best = max(votes, key=lambda who: (votes[who], entries[who].population, who))
    if joint := _joint(view, mentions):
        best = joint[0] if best == joint[1] else best  # a joint release is of the one that is named first
        votes[best] = max(votes.values())
    total = sum(math.exp(vote - votes[best]) for vote in votes.values())
    chosen = entries[best]
    return Issuer(
        kind=chosen.kind,
        code=chosen.code,
        name=chosen.name,
        method="text",
        score=round(min(0.99, 1 / total, max(0.1, votes[best] / _ENOUGH)), 3),
    )


def issuer_signs(
    view: View,
    mentions: Sequence[Mention],
    hints: Sequence[str],
    gazetteer: Gazetteer,
    given: Collectivity | None = None,
) -> tuple[dict[Who, dict[str, float]], dict[Who, Entry]]:
    """What speaks for each collectivity as the publisher: how often each sign of ``data/issuer.yaml`` is there."""
    counts: dict[Who, Counter[str]] = {}
    entries: dict[Who, Entry] = {}
    voice = _voice(view.text, view.folded)
    _look_at_mentions(view, mentions, voice, counts, entries)
    _look_at_addresses(view, hints, counts, entries, gazetteer)
    _look_at_demonyms(view, counts, entries, gazetteer)
    _look_at_tags(view, counts, entries, gazetteer)
    if (named := _bare_noun(view, mentions)) in counts:
        counts[named]["noun"] += 1
    if given is not None and (given.kind, given.code or "") in counts:
        counts[given.kind, given.code or ""]["given"] += 1
    _compare_towns(counts, entries)
    kinds = Counter(kind for kind, _ in counts)
    signs: dict[Who, dict[str, float]] = {}
    for who, told in counts.items():
        signs[who] = {name: float(min(count, _REPEATED.get(name, 1))) for name, count in told.items()}
        signs[who]["voice"] = voice.get(who[0], 0.0)
        signs[who]["alone"] = float(voice.get(who[0], 0.0) >= 0.5 and kinds[who[0]] == 1)
        signs[who][who[0]] = 1.0
    return signs, entries


def _look_at_mentions(
    view: View,
    mentions: Sequence[Mention],
    voice: dict[str, float],
    counts: dict[Who, Counter[str]],
    entries: dict[Who, Entry],
) -> None:
    """What each mention says for its collectivity: where it stands and what stands around it."""
    size = max(1, len(view.text))
    title = _end_of_title(view)
    seat = _seat_of_another(view, mentions)
    heard = max(voice.values(), default=0.0)
    first = True
    row_end, row_apart = 0, False  # where the last place that was no more than a location ends
    last_body = -1  # the line of the last EPCI, département or région named
    hosts: set[Who] = set()  # towns that are in the dateline of another body: their address is its own
    opened: set[bool] = (
        set()
    )  # whether a town, and a département or région, was named as more than a location
    rows = _rows(view, mentions)
    for start, end, entry in mentions:
        who: Who = (entry.kind, entry.code)
        entries[who] = entry
        told = counts.setdefault(who, Counter())
        line_start = max(view.folded.rfind("\n", max(0, start - _LINE), start) + 1, start - _LINE)
        if entry.kind != "commune":
            last_body = line_start
        wide = entry.kind in ("departement", "region")  # these pay for much that others announce
        before = view.folded[max(0, start - 45) : start]
        line = view.folded[line_start:start]
        if _GIVER.search(before):
            continue  # "attribué par la région Normandie"
        dated = _OPENS_DATELINE.fullmatch(line) and DATELINE.match(view.folded, end, end + 60)
        other = (seat is not None and who != seat) or voice.get(entry.kind, 1.0) < 0.6 * heard
        if before.rstrip().endswith("("):
            told["bracketed"] += 1
        else:
            apart = _is_apart(view, start, end)
            located = context()["issuer_located"].search(before) is not None
            if not located and row_end and ENUMERATED.fullmatch(view.folded[row_end:start]):
                apart, located = apart or row_apart, True  # "à Gien, Briare et Ouzouer"
            row_end, row_apart = (end if located or apart else 0), apart
            # "dated and other": where another body has its seat
            located = located or apart or bool(dated and other)
            told["apart" if apart else "located" if located else "named"] += 1
            if first and not apart and not (dated and other):
                told["first"] += 1  # if only as where it happens
                first = False
            if context()["own_service"].search(before):
                told["own"] += 1
            if start < title and not wide and not (dated and other):
                told["title"] += 1  # "Ça bouge à Muret !": what the title names is at home
            if not located and wide not in opened and start not in rows:
                opened.add(wide)
                told["first_wide" if wide else "first_town" if start < 400 else "first_late"] += 1
            if not located and view.sentence_at(start)[0] >= start - 3:
                told["subject"] += 1
        if _HEAD.search(before):
            outer = start < 300 or start > 0.85 * size
            told["head_outer" if outer else "head_wide" if wide else "head"] += 1
        if _MAYOR.search(before):
            told["mayor"] += 1
        if dated and other:
            hosts.add(who)
        if dated:
            told["dateline_of_another" if other else "dateline"] += 1
        if who == seat:
            told["seat"] += 1
        if start < 40 and not view.text[:start].strip(" #*•-") and _LETTERHEAD_END.match(view.text, end):
            told["letterhead"] += 1  # "Bar-le-Duc • Direction de la communication"
        if who in hosts:
            continue
        if start < 160 and (len(line) < 40 and "communique" in view.folded[:160]):
            told["communique"] += 1
        if start > 0.6 * size and _POSTCODE.search(before):
            if entry.kind == "commune" and last_body == line_start:
                continue  # the address of the body that is named before it in its line
            told["postcode"] += 1  # the address of the town hall
        if start > 0.75 * size and _CONTACT.search(view.folded, max(0, start - 160), min(size, end + 160)):
            told["contact"] += 1
        if start > 0.7 * size and _signs(view, line, start, end):
            told["signature"] += 1


def _is_apart(view: View, start: int, end: int) -> bool:
    """Whether a name says where somebody comes from or goes to, or whom one is like."""
    before = view.folded[max(0, start - 45) : start]
    if context()["issuer_apart"].search(before) or context()["neighbour_after"].match(view.folded, end):
        return True
    # "de Gien à Briare", but "la ville de Gien a voté"
    return before.endswith("de ") and view.text.startswith((" à ", " au ", " jusqu'à "), end)


def _compare_towns(counts: dict[Who, Counter[str]], entries: dict[Who, Entry]) -> None:
    """What towns are beside each other: named most, the centre of those around, in a département that is named."""
    towns = [who for who in counts if who[0] == "commune"]
    said = {who: counts[who]["named"] + counts[who]["located"] for who in towns}
    highest = max(said.values(), default=0)
    most = [who for who in towns if said[who] == highest]
    if len(most) == 1 and len(towns) > 1:
        counts[most[0]]["most"] = 1
    departements = {code for kind, code in counts if kind == "departement"}
    around: dict[str, list[Who]] = {}
    for who in towns:
        entry = entries[who]
        if entry.departement in departements:
            counts[who]["at_home"] = 1
        if entry.epci:
            around.setdefault(entry.epci, []).append(who)
    for group in around.values():
        if len(group) > 1:
            counts[max(group, key=lambda who: (entries[who].population, who))]["centre"] = 1


def _rows(view: View, mentions: Sequence[Mention]) -> set[int]:
    """Where the mentions begin that stand in a row of three communes or more: a row has no publisher."""
    found: set[int] = set()
    row: list[int] = []
    last = 0
    for start, end, entry in mentions:
        if entry.kind != "commune" or not row or not ENUMERATED.fullmatch(view.folded[last:start]):
            row = []
        if entry.kind == "commune":
            row.append(start)
        if len(row) >= _ROW:
            found.update(row)
        last = end
    return found


def _signs(view: View, line: str, start: int, end: int) -> bool:
    """Whether a name at the end of a text signs it: "Mairie de X", "X, service communication", "X" alone."""
    if not _SIGNED_END.match(view.text, end):
        return False
    rest = view.folded[end : end + 100].partition("\n")[0]
    if len(line) > 60 or len(rest) > 90:
        return False
    if not line.strip(" -*•·"):
        return not rest.strip(" .!") or _lexicon()["signature"].search(rest) is not None
    return _lexicon()["signed"].match(line.lstrip(" -*•·|")) is not None


@lru_cache(maxsize=4)  # a text is asked twice, before and after its publisher is known
def _voice(text: str, folded: str) -> dict[str, float]:
    """How much of what a text says of its publisher is said as of each kind of collectivity, from 0 to 1."""
    lexicon = _lexicon()
    said = {kind: len(pattern.findall(folded)) for kind, pattern in lexicon["voice"].items()}
    for kind, pattern in lexicon["capital_voice"].items():
        said[kind] += 2 * len(pattern.findall(text))
    if not any(said.values()):
        return {}
    return {
        kind: count / max(_FEW, count + max(other for name, other in said.items() if name != kind))
        for kind, count in said.items()
    }


def _bare_noun(view: View, mentions: Sequence[Mention]) -> Who:
    """The town named last before the text first says "la ville" of a town that it has named."""
    towns = [
        (end, entry)
        for start, end, entry in mentions
        if entry.kind == "commune"
        and (
            not context()["issuer_located"].search(view.folded, max(0, start - 24), start)
            or view.sentence_at(start)[0] >= start - 3  # "À Saint-Denis, …"
        )
        and not _is_apart(view, start, end)
    ]
    if towns and (bare := _BARE.search(view.folded, towns[0][0])):
        entry = [entry for end, entry in towns if end <= bare.start()][-1]
        return entry.kind, entry.code
    return "", ""


def _joint(view: View, mentions: Sequence[Mention]) -> tuple[Who, Who] | None:
    """The first two collectivities of a text when they act together: "Caen la mer et la ville de Caen lancent"."""
    if len(mentions) < 2 or mentions[0][0] > _TITLE:
        return None
    (_, end, one), (start, _, two) = mentions[:2]
    if one.code == two.code or not _TOGETHER.fullmatch(view.folded[end:start]):
        return None
    return (one.kind, one.code), (two.kind, two.code)


def _seat_of_another(view: View, mentions: Sequence[Mention]) -> Who | None:
    """The EPCI, département or région of the letterhead: its dateline only tells where it has its seat."""
    seat: Who | None = None
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
        size = match.end() - match.start()
        if size > 110 or (size > _SENTENCE and match[0].rstrip().endswith((".", "…"))):
            break
        end = match.end()
    return end


def _look_at_addresses(
    view: View,
    hints: Sequence[str],
    counts: dict[Who, Counter[str]],
    entries: dict[Who, Entry],
    gazetteer: Gazetteer,
) -> None:
    """What mail and web addresses say: "www.ville-nevers.fr", "mairie.contes@orange.fr", "cd58.fr"."""
    for domain, public in _domains(view.folded, hints).items():
        numbered = _NUMBERED.search(domain)
        if numbered and (entry := gazetteer.by_code("departement", numbered["code"].upper())):
            entries.setdefault((entry.kind, entry.code), entry)
            counts.setdefault((entry.kind, entry.code), Counter()).update(("address", "public"))
            continue
        domain = re.sub(r"^(?:villed[e']?|mairied[e']?|communede)(?=[a-z]{3})", "", domain)
        bare = key(_DOMAIN_NOISE.sub(" ", re.sub(r"[-._]", " ", domain))).replace(" ", "")
        if len(bare) < 3:
            continue
        named = False
        for who, entry in entries.items():
            name = key(entry.name).replace(" ", "")
            if name == bare or (len(name) > 4 and name in bare) or (len(bare) > 4 and name.startswith(bare)):
                counts[who].update(("address", "public") if public else ("address",))
                named = True
        for row in [] if named else gazetteer.joined_rows(bare)[:1]:
            entry = gazetteer.entry(row)
            if public or not entries or (entry.population >= _HAS_A_SITE and bare not in gazetteer.ordinary):
                entries[entry.kind, entry.code] = entry
                told = counts.setdefault((entry.kind, entry.code), Counter())
                told.update(("address", "public") if public else ("address",))


def _look_at_demonyms(
    view: View, counts: dict[Who, Counter[str]], entries: dict[Who, Entry], gazetteer: Gazetteer
) -> None:
    """Whom a release calls by the name of the inhabitants: "450 Ploufraganais", when the town itself is not named."""
    named = {
        word: town for town, entry in entries.items() if town[0] == "commune" and (word := _stem(entry.name))
    }
    for match in _DEMONYM.finditer(view.text):
        if _FIRST_NAME.search(view.text, max(0, match.start() - 25), match.start()):
            continue
        stem = fold(match["stem"])
        for size in range(_LEAST_STEM, _MOST_STEM + 1):
            if town := named.get(stem[:size]):
                counts[town]["people"] = 1  # "chers Gapençais", "une Moulinoise"
        towns = [gazetteer.entry(row) for row in gazetteer.rows(stem)]
        towns = [entry for entry in towns if entry.kind == "commune" and entry.population >= _KNOWN]
        if len(towns) != 1 or stem in gazetteer.ordinary:
            continue
        who: Who = ("commune", towns[0].code)
        entries.setdefault(who, towns[0])
        counts.setdefault(who, Counter())["demonym"] = 1


@lru_cache(maxsize=8192)
def _stem(name: str) -> str | None:
    """With what the name of the inhabitants of a town begins; None for a name whose first word tells nothing."""
    words = [word for word in key(name).split() if word not in _NO_STEM]
    if not words or len(words[0]) < _LEAST_STEM:
        return None
    stem = words[0].rstrip("aeisxy")[:_MOST_STEM]
    return stem if len(stem) > _LEAST_STEM else words[0][:_MOST_STEM]


def _look_at_tags(
    view: View, counts: dict[Who, Counter[str]], entries: dict[Who, Entry], gazetteer: Gazetteer
) -> None:
    """Towns that a release bears as a hashtag: "#Travaux #Vitrolles", "#VilleDeMuret"."""
    for _, _, entry in tags(view, gazetteer):
        who: Who = (entry.kind, entry.code)
        entries.setdefault(who, entry)
        counts.setdefault(who, Counter())["tag"] = 1


def _domains(folded: str, hints: Sequence[str]) -> dict[str, bool]:
    """What addresses say of their owners, and whether they are said to be of a collectivity.

    The label before the last dot ("presse.rennes.fr" → "rennes"), and of a provider's mail box its name.
    """
    found: dict[str, bool] = {}
    for source in (folded, *map(fold, hints)):
        if not _ENDS_ADDRESS.search(source):
            continue
        for match in _ADDRESS.finditer(source):
            name = match["domain"].split(".")[-1]
            if name in _lexicon()["providers"]:
                name = match["box"] or ""
            if name:
                found[name] = _DOMAIN_PUBLIC.search(name) is not None or source is not folded
    return found
