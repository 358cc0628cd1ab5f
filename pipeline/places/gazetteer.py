"""The gazetteer: every commune, EPCI, département and région of France, with its codes.

>>> gazetteer = Gazetteer.load()
>>> gazetteer.by_code("commune", "13039").name
'Fos-sur-Mer'
>>> gazetteer.lookup("Beziers")[0].code
'34032'
"""

from __future__ import annotations

import difflib
import re
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, cast

import msgspec

from pipeline.model import Collectivity, Kind
from pipeline.text import fold

FORMAT = 1
DATA = Path(__file__).parent / "data" / "gazetteer.bin"
_LEAST = 6  # letters of a beginning that can name an EPCI
_POSTCODE = 5  # digits
_ARRONDISSEMENT = re.compile(
    r"(?P<city>paris|lyon|marseille) (?P<number>\d{1,2})(?:er|e|eme)?(?: arrondissement)?"
)
_KEPT = 8192  # entries that are kept once they were read: those of the releases at hand
_WORD = re.compile(r"[a-z0-9]+")
_OWN_ARTICLE = re.compile(r"(Le|La|Les|L)[ ']")
_KEY_ARTICLES = ("le ", "la ", "les ", "l ")
_SHORT = {"st": "saint", "ste": "sainte", "s": "sur", "sts": "saints"}


def tokens(folded: str) -> list[str]:
    """Words of a folded name, "œ" spelled out and "St", "Ste", "s/" written in full."""
    return [_SHORT.get(word, word) for word in _WORD.findall(folded.replace("œ", "oe").replace("æ", "ae"))]


def key(name: str) -> str:
    """A name as names are compared.

    >>> key("St-Denis"), key("L’Haÿ-les-Roses"), key("Chalon s/Saône")
    ('saint denis', 'l hay les roses', 'chalon sur saone')
    """
    return " ".join(tokens(fold(name)))


class Entry(NamedTuple):
    """One collectivity of the official lists; `population` is 0 where none is published."""

    kind: Kind
    code: str
    name: str
    type: str | None
    departement: str | None
    region: str | None
    epci: str | None
    population: int
    postcodes: tuple[str, ...]
    parent: str | None

    @property
    def collectivity(self) -> Collectivity:
        """The entry as a recipient or host."""
        return Collectivity(kind=self.kind, code=self.code, name=self.name)


def unpack(path: Path = DATA) -> dict[str, object]:
    """What `pipeline.places.build` has compiled."""
    return cast(dict[str, object], msgspec.msgpack.decode(zlib.decompress(path.read_bytes())))


class Named(NamedTuple):
    """What bears one name: its rows and their kinds, the inhabitants of the largest.

    `articles` are those with which every one of them is written ("Le" of Le Mans) when all are communes
    that have one and the name has none; else it is empty.  `core` is the key without its article, `ordinary`
    whether that is a word of the language; `accented`: all are written with accents; `titled` are the
    inhabitants of the largest that is written with an article, None without one.
    """

    rows: tuple[int, ...]
    kinds: frozenset[str]
    population: int
    articles: frozenset[str]
    core: str
    ordinary: bool
    accented: bool
    titled: int | None


class Gazetteer:
    """All collectivities, looked up by name or by code; made by `pipeline.places.build`."""

    def __init__(self, compiled: dict[str, object]) -> None:
        if compiled.get("format") != FORMAT:
            raise ValueError("gazetteer of another format; rebuild it with 'beffroi gazetteer build'")
        self.source = str(compiled["source"])
        self.licence = str(compiled["licence"])
        columns = cast(dict[str, str], compiled["columns"])
        self._columns = {name: values.split("\n") for name, values in columns.items()}
        keys = cast(str, compiled["keys"]).split("\n")
        rows = cast(str, compiled["rows"]).split("\n")
        #: Row numbers by key, written as one string ("12 480") until they are asked for.
        self._sorted = keys
        self._rows = dict(zip(keys, rows, strict=True))
        #: How many words the longest name has that begins with a word.
        self.longest: dict[str, int] = {}
        for name in keys:
            first, count = name.split(" ", 1)[0], name.count(" ") + 1
            if count > self.longest.get(first, 0):
                self.longest[first] = count
        #: Words of digits with which names begin ("7 Vallées").
        self.numbers = tuple(word for word in self.longest if word[0].isdigit())
        self._entries: dict[int, Entry] = {}
        self._named: dict[str, Named] = {}
        self._begun: dict[str, bool] = {}
        self.ordinary = frozenset(cast(str, compiled["ordinary"]).split("\n"))

    @staticmethod
    @cache
    def load(path: Path = DATA) -> Gazetteer:
        """The gazetteer of the package, read once a process."""
        return Gazetteer(unpack(path))

    def __len__(self) -> int:
        return len(self._columns["code"])

    def rows(self, name: str) -> list[int]:
        """Row numbers of the collectivities with this key (see `key`); empty when there is none."""
        found = self._rows.get(name)
        return [int(row) for row in found.split(" ")] if found else []

    def named(self, name: str) -> Named:
        """What bears this key, kept for the names at hand."""
        known = self._named.get(name)
        if known is None:
            if len(self._named) >= _KEPT:
                self._named.clear()
            known = self._named[name] = self._read_name(name)
        return known

    def _read_name(self, name: str) -> Named:
        rows, column = tuple(self.rows(name)), self._columns
        kinds = frozenset(column["kind"][row] for row in rows)
        articles: set[str] = set()
        if kinds == {"commune"} and not name.startswith(_KEY_ARTICLES):
            found = [_OWN_ARTICLE.match(column["name"][row]) for row in rows]
            if all(found):
                articles = {match[1] for match in found if match}
        people = max((int(column["population"][row] or 0) for row in rows), default=0)
        core = name.split(" ", 1)[1] if name.startswith(_KEY_ARTICLES) else name
        written = [column["name"][row] for row in rows]
        return Named(
            rows, kinds, people, frozenset(articles), core,
            # the words are listed without their plurals
            ordinary=core in self.ordinary or core.removesuffix("s") in self.ordinary,
            accented=not any(map(str.isascii, written)),
            titled=max(
                (int(column["population"][row] or 0) for row in rows if _OWN_ARTICLE.match(column["name"][row])),
                default=None,
            ),
        )  # fmt: skip

    def entry(self, row: int) -> Entry:
        """The collectivity of a row."""
        known = self._entries.get(row)
        if known is None:
            if len(self._entries) >= _KEPT:
                self._entries.clear()
            known = self._entries[row] = self._read(row)
        return known

    def _read(self, row: int) -> Entry:
        column = self._columns
        return Entry(
            kind=cast(Kind, column["kind"][row]),
            code=column["code"][row],
            name=column["name"][row],
            type=column["type"][row] or None,
            departement=column["departement"][row] or None,
            region=column["region"][row] or None,
            epci=column["epci"][row] or None,
            population=int(column["population"][row] or 0),
            postcodes=tuple(column["postcodes"][row].split()),
            parent=column["parent"][row] or None,
        )

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], int]:
        codes: dict[tuple[str, str], int] = {}
        kinds, names = self._columns["kind"], self._columns["code"]
        types = self._columns["type"]
        for row, (kind, code) in enumerate(zip(kinds, names, strict=True)):
            # where a commune nouvelle and its chef-lieu share a code, it is the commune nouvelle
            if (kind, code) not in codes or types[row] == "commune-actuelle":
                codes[kind, code] = row
        return codes

    def by_code(self, kind: Kind, code: str) -> Entry | None:
        """The collectivity with this code; None when there is none."""
        row = self._by_code.get((kind, code))
        return None if row is None else self.entry(row)

    def find_code(self, code: str) -> Entry | None:
        """The collectivity meant by a bare code: a commune, an EPCI, a département, then a région.

        "departement:13" and "region:93" name the kind.
        """
        kind, colon, rest = code.partition(":")
        if colon:
            return self.by_code(cast(Kind, kind), rest)
        kinds: tuple[Kind, ...] = ("commune", "epci", "departement", "region")
        for each in kinds:
            entry = self.by_code(each, code)
            if entry is not None:
                return entry
        return None

    def members(self, epci: str) -> list[Entry]:
        """The communes of an EPCI or EPT, by its SIREN; empty when there is none."""
        entry = self.by_code("epci", epci)
        found = (self.by_code("commune", code) for code in entry.postcodes) if entry else ()
        return [commune for commune in found if commune is not None]

    @cached_property
    def _joined(self) -> dict[str, str]:
        return {name.replace(" ", ""): name for name in self._sorted}

    def joined_rows(self, word: str) -> list[int]:
        """Row numbers, most populous first, of the name that is `word` without its spaces ("saintjunien")."""
        people = self._columns["population"]
        return sorted(self.rows(self._joined.get(word, "")), key=lambda row: -int(people[row] or 0))

    @cached_property
    def _parts(self) -> dict[str, list[int]]:
        parts: dict[str, list[int]] = {}
        for row, parent in enumerate(self._columns["parent"]):
            if parent:
                parts.setdefault(parent, []).append(row)
        return parts

    def parts(self, commune: str) -> list[Entry]:
        """The communes déléguées, communes associées and arrondissements of a commune."""
        return [self.entry(row) for row in self._parts.get(commune, ())]

    def epci_beginning(self, beginning: str) -> str | None:
        """The key of the only EPCI whose key goes on from this one ("pays de honfleur"); None without or with several."""
        if len(beginning) < _LEAST:
            return None
        found: dict[int, str] = {}
        for name in self._going_on(beginning + " "):
            for row in self.rows(name):
                if self._columns["kind"][row] == "epci":
                    found.setdefault(row, name)
            if len(found) > 1:
                return None
        return next(iter(found.values()), None)

    def goes_on(self, beginning: str) -> bool:
        """Whether a key begins so, kept for the texts at hand."""
        known = self._begun.get(beginning)
        if known is None:
            if len(self._begun) >= _KEPT:
                self._begun.clear()
            place = bisect_left(self._sorted, beginning)
            known = place < len(self._sorted) and self._sorted[place].startswith(beginning)
            self._begun[beginning] = known
        return known

    def _going_on(self, beginning: str) -> Iterator[str]:
        """Keys that begin so, in alphabetical order."""
        for position in range(bisect_left(self._sorted, beginning), len(self._sorted)):
            if not self._sorted[position].startswith(beginning):
                return
            yield self._sorted[position]

    def lookup(self, name: str, limit: int = 5) -> list[Entry]:
        """Collectivities called `name`, most populous first; what comes near when there is none.

        A département is also called by its number, a commune by its postcode, an arrondissement by its
        city and number ("Marseille 8e").  What comes near are names that go on from `name` ("Noirmoutier",
        "Pays de Honfleur"), else close spellings.
        """
        wanted = key(name)
        if wanted in self._rows:
            return self._most_populous(self.rows(wanted))[:limit]
        for reading in (self._numbered(wanted), self._without_article(wanted), self.begun(wanted)):
            if reading:
                return self._most_populous(reading)[:limit]
        same = [
            known for known in self._rows if known[:1] == wanted[:1] and abs(len(known) - len(wanted)) < 4
        ]
        found: list[Entry] = []
        close = difflib.get_close_matches(wanted, same, n=4 * limit, cutoff=0.75)
        for _, spellings in groupby(
            close, lambda known: difflib.SequenceMatcher(None, known, wanted).ratio()
        ):
            # "Lile" is as near to Lille as to Lisle
            found += self._most_populous(row for spelling in spellings for row in self.rows(spelling))
        return list(dict.fromkeys(found))[:limit]

    def _most_populous(self, rows: Iterable[int]) -> list[Entry]:
        """The entries of rows, a town before the EPCI that is called after it."""
        entries = map(self.entry, dict.fromkeys(rows))
        return sorted(entries, key=lambda entry: (entry.kind == "epci", -entry.population))

    def _numbered(self, wanted: str) -> list[int]:
        """Rows of what a number means: "93", "2a", "13270", "marseille 8e"."""
        if wanted.isdigit() and len(wanted) == _POSTCODE:
            postcodes, kinds = self._columns["postcodes"], self._columns["kind"]
            return [
                row
                for row, codes in enumerate(postcodes)
                if kinds[row] == "commune" and wanted in codes.split()
            ]
        departement = self._by_code.get(("departement", wanted.upper()))
        if departement is not None:
            return [departement]
        if part := _ARRONDISSEMENT.fullmatch(wanted):
            number = "1er" if part["number"] == "1" else f"{part['number']}e"
            return self.rows(f"{part['city']} {number} arrondissement")
        return []

    def _without_article(self, wanted: str) -> list[int]:
        article, space, rest = wanted.partition(" ")
        return self.rows(rest) if space and article in ("le", "la", "les", "l") else []

    def begun(self, wanted: str) -> list[int]:
        """Row numbers of the names that go on from this key."""
        return [row for name in self._going_on(wanted + " ") for row in self.rows(name)] if wanted else []
