"""Numbers as French writes them: digits, words, magnitudes, fractions, "une trentaine"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.dates.openings import tree
from pipeline.quantities.lexicon import lexicon
from pipeline.text import View

_LONGEST = 15  # digits; a longer number measures nothing


@dataclass(frozen=True, slots=True)
class Number:
    """A number read, with its offsets in the view."""

    start: int
    end: int
    value: float
    approximate: bool = False
    fraction: bool = False
    magnitude: int = 1
    spelled: bool = False
    #: whether the dates of the text hold it for a length of time
    lasting: bool = False


def times(value: float, magnitude: float) -> float:
    """The product as it is written: 4.1 million is 4,100,000, which binary fractions miss by a hair."""
    return round(value * magnitude, 4)


@cache
def _number_pattern() -> re.Pattern[str]:
    words = lexicon()
    spelled = tree((*words.words, *words.multipliers))
    magnitudes = tree(words.magnitudes)
    approximate = tree(words.approximate)
    suffixes = tree(words.suffixes)
    digits = r"\d{1,3}(?:[ .']\d{3})+(?:,\d{1,3})?(?!\d)|\d+(?:[,.]\d{1,3})?(?!\d)"
    return re.compile(
        rf"(?:(?P<ratio>(?<![\d/])[1-9]/(?:[2-9]|10))(?= (?:des |du |de la |de l'|d'))"
        rf"|(?P<halved>(?:une? )?demi-(?:million|milliard))(?!\w)"
        rf"|(?P<sign>[+-]\s?)?(?P<digits>{digits})"
        rf"(?:\s?(?P<suffix>{suffixes})(?=\s?(?:€|euros?|d'euros|followers|abonnes|vues|likes|$|[\s.,;)])(?!\s?[²³]))|\s?(?P<magnitude>{magnitudes})(?!\w))?"
        rf"|(?P<hundreds>(?:une |un |deux |trois |quatre |cinq |six )?(?:{approximate}|milliers?)s?(?: de (?P<thousands>milliers|millions))?(?=\s+(?:de|d'))|une (?:{approximate})(?=\s?[.,;)]|$| (?:a|en|ont|sont|sans|dans|jusqu|par|restent|etaient)(?!\w)))"
        rf"|(?P<fraction>(?:(?P<top>un|deux|trois|quatre|\d)\s+)?(?P<part>tiers|quarts?|cinquiemes?|dixiemes?|moitie)(?!\w))"
        rf"|(?P<spelled>(?:{spelled})(?:(?:[ \n-]|-et-|[ \n]et[ \n])(?:{spelled}))*)(?:\s(?P<spelled_magnitude>{magnitudes}))?(?!\w))"
    )


@cache
def _openers() -> re.Pattern[str]:
    """What the first character or word of a number may be."""
    words = lexicon()
    opening = tree(
        (*words.words, *words.multipliers, *words.approximate, "demi", "millier",
         "tiers", "quart", "cinquieme", "dixieme", "moitie")
    )  # fmt: skip
    return re.compile(rf"(?<!\w)(?:[\d+-]|{opening})")


def numbers(view: View) -> list[Number]:
    """The numbers of a view in order; offsets into `view.text`."""
    words, folded = lexicon(), view.folded
    found: list[Number] = []
    pattern = _number_pattern()
    position = 0
    for opener in _openers().finditer(folded):
        if opener.start() < position or (match := pattern.match(folded, opener.start())) is None:
            continue
        start, end = match.span()
        position = end
        if match["ratio"]:
            top, whole = map(int, match["ratio"].split("/"))
            if top < whole:
                found.append(Number(start, end, round(top / whole, 10), fraction=True))
        elif match["halved"]:
            magnitude = 1_000_000_000 if match["halved"].endswith("milliard") else 1_000_000
            found.append(Number(start, end, magnitude / 2, magnitude=magnitude))
        elif match["digits"]:
            written = match["digits"]
            if len(written) > _LONGEST:
                continue
            value = float(re.sub(r"[ ']|\.(?=\d{3}(?!\d))", "", written).replace(",", "."))
            magnitude = 1
            if match["magnitude"]:
                magnitude = words.magnitudes[match["magnitude"]]
            elif match["suffix"]:
                if match["suffix"] == "m" and not re.match(
                    r"\s?(?:€|euros?|d'euros|followers|abonnes|vues|likes)", folded[end:]
                ):
                    end, magnitude = match.end("digits"), 1
                else:
                    magnitude = words.suffixes[match["suffix"]]
            if (
                match["sign"] and match["sign"].strip() == "-" and start and not folded[start - 1].isspace()
            ) or match["sign"]:
                start = match.start("digits")
            found.append(Number(start, end, times(value, magnitude), magnitude=magnitude))
        elif match["fraction"]:
            number = _fraction(view, match)
            if number:
                found.append(number)
        elif match["hundreds"]:
            number = _approximate(match, folded)
            if number:
                found.append(number)
        elif match["spelled"]:
            spoken = spelled_number(match["spelled"])
            if spoken is None:
                found.extend(_apart(match["spelled"], start))
                continue
            magnitude = words.magnitudes[match["spelled_magnitude"]] if match["spelled_magnitude"] else 1
            found.append(Number(start, end, spoken * magnitude, magnitude=magnitude, spelled=True))
    return _joined(found, folded)


_APART = re.compile(r"(?:^|\set\s)(?P<number>(?:(?!\set\s)(?s:.))+)")


def _apart(written: str, start: int) -> list[Number]:
    """ "quatre et trois abstentions": words that make no number together make one each."""
    found = []
    for match in _APART.finditer(written):
        value = spelled_number(match["number"])
        if value is not None:
            first, last = match.span("number")
            found.append(Number(start + first, start + last, value, spelled=True))
    return found


_HALF = re.compile(r"\set demie?(?!\w)")


def _joined(numbers: list[Number], folded: str) -> list[Number]:
    """ "deux millions cinq cent mille", "9 habitants sur 10" stay as they are; "et demi" adds a half."""
    result: list[Number] = []
    for number in numbers:
        last = result[-1] if result else None
        if (
            last
            and last.magnitude > 1
            and folded[last.end : number.start] == " "
            and number.value < last.magnitude
        ):
            result[-1] = Number(last.start, number.end, last.value + number.value, magnitude=1, spelled=True)
            continue
        result.append(number)
    for position, number in enumerate(result):
        half = _HALF.match(folded, number.end) if number.magnitude > 1 else None
        if half:
            value = number.value + number.magnitude / 2
            result[position] = Number(number.start, half.end(), value, magnitude=number.magnitude)
    return result


def spelled_number(written: str) -> int | None:
    """The value of a folded number in words; None for what is no number.

    >>> spelled_number("deux cent mille"), spelled_number("soixante-et-onze"), spelled_number("quatre-vingt-dix-sept")
    (200000, 71, 97)
    """
    words = lexicon()
    total = current = 0
    parts = re.split(r"[ \n-]+", written)
    for position, part in enumerate(parts):
        if part == "et":
            continue
        if part in words.words:
            value = words.words[part]
            if value == 20 and current == 4 and position and parts[position - 1] == "quatre":
                current = 80
            elif (
                current
                and value >= current % 100
                and current % 100
                and value > 9
                and current % 100 not in (60, 80)
            ):
                return None
            elif 0 < value < 10 and current % 10:
                return None  # "une quatre fleurs"
            else:
                current += value
        elif part in ("cent", "cents"):
            current = max(1, current) * 100
        elif part == "mille":
            total += max(1, current) * 1000
            current = 0
        else:
            return None
    return total + current


def _fraction(view: View, match: re.Match[str]) -> Number | None:
    words, folded = lexicon(), view.folded
    part = words.fractions.get(match["part"])
    of_hour = folded.startswith(" d'heure", match.end())
    if part is None or (of_hour and not match["top"]):
        return None
    if folded.startswith((" temps", "-temps", " finale", " de finale", " lieu"), match.end()):
        return None
    if match["part"] == "moitie":
        return Number(match.start(), match.end(), 0.5, fraction=True)
    if not match["top"]:
        # "le tiers de ce qui reste"
        whole = re.match(r"\s(?:de |du |des |d')", folded[match.end() : match.end() + 5])
        if match["part"] == "tiers" and whole and folded.endswith("le ", 0, match.start()):
            return Number(match.start(), match.end(), words.fractions["tiers"], fraction=True)
        return None
    top = int(match["top"]) if match["top"].isdigit() else words.words[match["top"]]
    value = round(top / 3, 10) if match["part"] == "tiers" else round(top * part, 10)
    return Number(match.start(), match.end(), value, fraction=True)


def _approximate(match: re.Match[str], folded: str) -> Number | None:
    words = lexicon()
    pieces = match["hundreds"].split()
    count = next((words.words[piece] for piece in pieces if piece in words.words), 1)
    if pieces[0] not in words.words:
        return None  # "des centaines": no number is said
    noun = next((piece.rstrip("s") for piece in pieces if piece.rstrip("s") in words.approximate), None)
    value = float(words.approximate[noun]) if noun else 1000.0
    if match["thousands"]:
        value *= words.magnitudes[match["thousands"]]
    return Number(match.start(), match.end(), count * value, approximate=True)
