"""Who may have received a distinction in a sentence: collectivities, their stand-ins, and others.

A collectivity is named ("Fos-sur-Mer"), stood in for ("la ville", "elle", "nous"), or merely where
something happens ("à Toulouse"), which makes it no recipient.  Recipients that are no collectivity
(a person, a school, a shop) are found by the noun before their name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.language.reading import Reading
from pipeline.model import Collectivity, Place
from pipeline.places import Gazetteer
from pipeline.relate.lexicon import lexicon
from pipeline.text import View, within

Role = Literal["named", "self", "other"]
Referent = Callable[[View, int, int], Collectivity | None]


@dataclass(frozen=True, slots=True)
class Actor:
    """A possible recipient; `located` when the words before it make it a mere location or giver.

    `given` when "à", "au" or "aux" stands before it, as behind "décerné".
    """

    start: int
    end: int
    who: Collectivity
    role: Role
    located: bool = False
    given: bool = False


#: What stands between a verb of giving and to whom: "à", "au département de".
GIVEN = re.compile(
    r"(?<!\w)(?:a|au|aux)\s+(?:la |l'|deux |trois |quatre |plusieurs )?(?:communaute (?:urbaine|d'agglomeration|de communes) |(?:conseil|conseils) \w+ )?(?:[\w-]+\s+(?:de\s+la\s+|de\s+l'|de\s+|du\s+|des\s+|d')|(?:region|departement|metropole)\s+|(?:de\s+la\s+|de\s+l'|de\s+|du\s+|des\s+|d')){0,2}$"
)
_IN_BRACKETS = re.compile(r"\(\s*(?:\w+,\s*)?$")
_LINK = re.compile(
    r"\s*(?:\([^)]{0,40}\)|dans (?:le |la |l'|les )[\w' -]{2,30}?)?\s*(?:,|;|/|&| et| ou| ainsi que|, et|\u2022|-)+\s*(?:(?:a la|a l'|au|aux|a|de la|de l'|du|des|de|d'|la|le|les|l'|aussi|enfin|encore|egalement)\s*)?(?:communaute (?:de communes|d'agglomeration|urbaine)\s+(?:de\s+la\s+|de\s+l'|de\s+|du\s+|des\s+|d')?|(?:conseil departemental|[\w-]+)\s+(?:de\s+la\s+|de\s+l'|de\s+|du\s+|des\s+|d'))?\s*$"
)
_NAME = r"[A-ZÀ-ÖØ-ÞŒ0-9][\w'&.-]*"
_BARE_NAME = re.compile(
    rf"\s+(?:\w+\s+){{0,2}}?(?:\"(?P<quoted>[^\"\n]{{2,60}})\"|(?P<name>{_NAME}(?:\s+(?:(?:d'|l'|de la|de l'|des|de|du|la|le|les|et|&|en|sur|aux|au|à|dans)\s*)*{_NAME}){{0,5}}))"
)
# "les élèves de l'école X", "l'équipe du restaurant Y": it is theirs
_MEMBERS = re.compile(
    r"(?:eleves|enfants|equipes?|agents|residents|membres|joueu\w+|apprentis|etudiants|jardiniers|benevoles|collegiens|lyceens|ecoliers) (?:de la |de l'|du |des |de |d')(?:\w+ )?$"
)
# "le boulanger de Cucugnan, Roland Feuillas": the town only says where they are
_SOMEBODY_OF = re.compile(
    r"(?<!\w)(?:boulang|artisan|restaurat|cuisini|chef|potie|agricult|viticult|vigneron|eleveu|apicult|brasse|fromag|patissi|chocolati|menuisi|coiffeu|fleurist|libraire|"
    r"entreprise|societe|habitante?s?|club|lyceen|collegien)\w* (?:\w+ )?(?:de |d'|du |des )$"
)
# "en présence de Mme X, ministre, et de M. Y, maire de Dijon": a guest, whose town gets nothing
_OFFICE = re.compile(r"(?:maires?|adjointe?s?|elus|conseil)(?!\w)")
_IN_PRESENCE = re.compile(r"(?<!\w)en presence (?:de|du|des|d')(?!\w)[^.;:()]*$")
_INDEPENDENT = re.compile(
    r"(?:zoo|club(?: \w+){0,2}|association|comite(?: \w+){0,2}|amicale|syndicat(?: \w+){0,2}|office de tourisme|parc naturel regional|entreprise|cave|caves|cooperative|"
    r"centre hospitalier|hopital|universite|union \w+) (?:de |d'|du |des )"
)
_OF_PLACE = re.compile(r"\s*(?:(?:, )?(?:de la|de l'|du|des|de|d'|à|a|en))?\s*$")
_RANK_BEHIND = re.compile(r"\s+\d+(?:er|ers|re|ère|e|è|ème|eme|nd)?$")
_PERSON = re.compile(rf"\s*(?P<name>{_NAME}(?:[ -]{_NAME}){{0,3}})")


def actors(
    view: View,
    start: int,
    end: int,
    places: Sequence[Place],
    referent: Referent,
    reading: Reading | None = None,
) -> list[Actor]:
    """Possible recipients in the sentence (start, end) of the view, in order."""
    words = lexicon()
    folded = view.folded
    found: list[Actor] = []
    for place in within(places, start, end):
        before = folded[max(start, place.start - 60) : place.start]
        who = Collectivity(kind=place.kind, code=place.code, name=place.name)
        head = words.head_of.search(before)
        rest = before[: head.start()] if head else before
        given = bool(GIVEN.search(before))
        located = bool(_IN_BRACKETS.search(before)) or bool(words.located.search(rest))
        located = located or bool(_SOMEBODY_OF.search(before))
        if head and _OFFICE.match(head[0]) and _IN_PRESENCE.search(folded, start, place.start):
            located = True
        if (
            found
            and found[-1].located
            and re.fullmatch(r"\s(?:et|ou)\s(?:de |d'|a )?", folded[found[-1].end : place.start])
        ):
            located = True  # "entre Limoges et Périgueux"
        found.append(Actor(place.start, place.end, who, "named", located, given))
    taken = [(actor.start, actor.end) for actor in found]
    for match in words.selves.finditer(folded, start, end):
        if _followed_by_name(folded, match.end(), taken):
            continue
        who_meant = referent(view, match.start(), match.end())
        if who_meant is not None:
            before = folded[max(start, match.start() - 30) : match.start()]
            located = bool(
                re.search(r"(?<!\w)(?:dans|par|pour|de|du|avec|sur|sous|vers|que|a travers)\s+$", before)
            )
            given = bool(re.search(r"(?<!\w)a\s+$", before))
            found.append(Actor(match.start(), match.end(), who_meant, "self", located, given))
    others = _others(view, start, end, taken, reading)
    # "le festival X de Paimpol", "l'entreprise Y, à Vitré": the town only says where they are
    found = [
        replace(a, located=True)
        if any(_OF_PLACE.fullmatch(folded[o.end : a.start]) for o in others if 0 < a.start - o.end < 9)
        else a
        for a in found
    ]
    found.extend(others)
    return sorted(found, key=lambda actor: actor.start)


def _followed_by_name(folded: str, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether "la ville" is but the head of "la ville de Nevers", which is an actor itself."""
    after = re.compile(r"\s+(?:de\s+la\s+|de\s+l'|de\s+|du\s+|des\s+|d')?").match(folded, end)
    return after is not None and any(start == after.end() for start, _ in taken)


# "Mme Abadie, adjointe aux sports": who goes to fetch the prize of the town
OFFICER = re.compile(
    r",? (?:\(|, )?(?:la |le |notre |son |sa |1ere? |premiere? |respectivement )?(?:maire|adjointe?s?|conseillere?|elue?s?|vice-presidente?|presidente? (?:du conseil|de la communaute|de la metropole|du departement|de la region|de l'agglo)|depute-maire|senateur-maire|directeur|directrice|responsable|chef|cheffe|chargee?|agente?|secretaire de mairie)(?!\w)"
)
# "la maire de Pibrac, Camille Pouponneau", "sa maire Jocelyne Guérin": the same
OF_OFFICE = re.compile(
    r"(?<!\w)(?:maire|adjointe?|elue?|depute|senat\w+|presidente?|vice-presidente?|conseiller|conseillere|directeur|directrice)"
    r"(?: (?:de |du |des |de la |de l'|d'|a |au |aux |delegue\w* |charge\w* )[^,.;:()\n]{2,45})?,? (?:m\\. |mme |monsieur |madame )?$"
)


_TWO_NAMES = re.compile(
    r"(?P<one>\S+(?: \S+)*?) et (?:à la |à l'|au |la |le |les |l')?(?P<other>[A-ZÀ-ÖØ-ÞŒ].*)", re.DOTALL
)
_OF_ONE_FIRM = frozenset(("Cie", "Compagnie", "Fils", "Associés", "Frères"))


def names_apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a name, or of two that stand side by side: "Kabri Cosmétiques et Alizé Composites".

    With one word on either side it is mostly one name ("Maille et Laine", "Couture et Cie"): of 62 such names in train
    and passages 58 were, of 54 with more words four.
    """
    two = _TWO_NAMES.fullmatch(text, start, end)
    if two is None or two["other"] in _OF_ONE_FIRM:
        return [(start, end)]
    left, right = len(two["one"].split()), len(two["other"].split())
    if left < 2 or (left == 2 and right < 2):
        return [(start, end)]
    return [two.span("one"), *names_apart(text, *two.span("other"))]


def _others(
    view: View, start: int, end: int, taken: Sequence[tuple[int, int]], reading: Reading | None
) -> list[Actor]:
    words = lexicon()
    found: list[Actor] = []

    def add(first: int, last: int, name: str) -> None:
        apart = names_apart(view.text, first, last)
        if len(apart) > 1:
            for begin, stop in apart:
                add(begin, stop, view.text[begin:stop])
            return
        if rank := _RANK_BEHIND.search(name):  # "Gonet 2ème": not of the name
            name, last = name[: rank.start()], last - len(rank[0])
        inside = [begin for begin, stop in taken if first < stop and begin < last]
        if inside and inside[0] > first + 3:
            # "le festival Chant de Marins de Paimpol": the town stands in the name of another
            last = first + len(_OF_PLACE.sub("", view.text[first : inside[0]]))
            name = view.text[first:last].strip(" \"'-")
            inside = [] if re.match(_NAME, name) else inside
        if inside or any(first < a.end and a.start < last for a in found):
            return
        before = view.folded[max(start, first - 70) : first]
        if OF_OFFICE.search(before):
            return
        found.append(
            Actor(
                first,
                last,
                Collectivity(kind="other", name=name.rstrip(".")),
                "other",
                located=not _MEMBERS.search(before)
                and bool(
                    re.search(
                        r"(?<!\w)(?:par|avec|dans|chez|de|du|d'|pour)\s+(?:la |le |l'|les )?(?:\w+ )?$",
                        before,
                    )
                ),
                given=bool(GIVEN.search(before))
                or bool(re.search(r"(?<!\w)(?:a|au|aux)\s+(?:l'|la\s+|le\s+)?(?:\w+\s+){0,2}$", before)),
            )
        )

    for match in words.other_heads.finditer(view.folded, start, end):
        if match[0] == "chez" and view.text[match.start()].islower():
            continue  # "chez Renault" is where; "Chez Suzon" is a name
        named = _BARE_NAME.match(view.text, match.end(), end)
        if named and not re.search(r"[^\W\d]", named["quoted"] or named["name"]):
            continue  # "du club des communes 4 fleurs"
        if named is None or (named["name"] and any(s == named.start("name") for s, _ in taken)):
            whole = _INDEPENDENT.match(view.folded, match.start())
            town = next((s for s, _ in taken if whole and s == whole.end()), None)
            if whole and town is not None:
                # "le zoo de Jurques": not the town's own
                stop = next(e for s, e in taken if s == town)
                found.append(
                    Actor(
                        match.start(),
                        whole.end() - 1,
                        Collectivity(kind="other", name=view.text[match.start() : stop]),
                        "other",
                    )
                )
                continue
        if named:
            group = "quoted" if named["quoted"] else "name"
            first = named.start(group)
            if group == "name" and view.text[match.start()].isupper() and match.start() > start:
                first = match.start()  # "le Mas des Lentisques": the noun is part of the name
            if group == "name" and (head := words.kept_heads.search(view.folded, match.start(), first)):
                first = head.start()  # "le lycée Jacques-de-Romas": it is said with the name
            add(first, named.end(group), view.text[first : named.end(group)].strip())
    for match in words.title.finditer(view.folded, start, end):
        person = _PERSON.match(view.text, match.end(), end)
        if person and not OFFICER.match(view.folded, person.end()):
            first, name = _addressed(view, match.start(), person)
            add(first, person.end("name"), name)
    if reading is not None:
        for entity in reading.entities:
            if OFFICER.match(view.folded, entity.end):
                continue
            if ". " in view.text[entity.start : entity.end]:
                continue  # two sentences run together
            if entity.label in ("PER", "ORG") and " " in view.text[entity.start : entity.end].strip():
                add(entity.start, entity.end, view.text[entity.start : entity.end].strip(" \"'"))
    return found


_TITLES_IN_FULL = frozenset(
    ("Mme", "Mmes", "Mlle", "Monsieur", "Madame", "Mademoiselle", "Docteur", "Famille")
)
_COUPLE_BEFORE = re.compile(r"(?:M\.|Mr\.?|Mme|Monsieur|Madame) et $")


def _addressed(view: View, title: int, person: re.Match[str]) -> tuple[int, str]:
    """Where the name of somebody with a title at `title` begins, and the name.

    A title is none of a name with its first name; a surname alone keeps it ("Mme Ozenne", 48 of 54 in train and passages), but for
    somebody whom the text names in full.
    """
    name = person["name"].strip()
    if " " in name:
        return person.start("name"), name
    full = re.search(rf"(?<![\w.-])[A-ZÀ-ÖØ-Þ][a-zà-ÿ][\w-]* {re.escape(name)}(?![\w-])", view.text)
    if full and full[0].split()[0] not in _TITLES_IN_FULL:
        return person.start("name"), full[0]
    if couple := _COUPLE_BEFORE.search(view.text, max(0, title - 12), title):
        title = couple.start()
    return title, view.text[title : person.end("name")]


def lies_in(one: Collectivity, other: Collectivity) -> bool:
    """Whether the other is the département or région of the one: "Luzy, Nièvre, Bourgogne-Franche-Comté"."""
    if other.kind not in ("departement", "region") or one.code is None or other.code is None:
        return False
    entry = Gazetteer.load().by_code(one.kind, one.code)
    if entry is None or entry.kind == other.kind:
        return False
    return other.code == (entry.departement if other.kind == "departement" else entry.region)


def group_around(view: View, chosen: Actor, all_actors: Sequence[Actor]) -> list[Actor]:
    """The enumeration that an actor stands in: "Marseille, Grenoble et Nevers", itself included."""
    inline = [
        actor
        for actor in all_actors
        if actor == chosen
        or not (_bracketed(view, actor) or (actor.located and not (chosen.given and actor.given)))
    ]
    if chosen not in inline:
        return [chosen]
    number = inline.index(chosen)
    group = [chosen]
    for step in (1, -1):
        here, index = chosen, number
        while 0 <= index + step < len(inline):
            index += step
            neighbour = inline[index]
            left, right = (here, neighbour) if step == 1 else (neighbour, here)
            between = view.folded[left.end : right.start]
            if len(between) > 80 or not _LINK.fullmatch(between):
                break
            if between == ", " and lies_in(left.who, right.who):
                if step == 1:
                    continue
                break
            group.append(neighbour)
            here = neighbour
    return sorted(group, key=lambda actor: actor.start)


def _bracketed(view: View, actor: Actor) -> bool:
    return bool(_IN_BRACKETS.search(view.folded[max(0, actor.start - 12) : actor.start]))
