"""Whose a distinction is: the recipients of a trigger, by the voice of its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Collectivity
from pipeline.relate.actors import GIVEN, Actor, group_around
from pipeline.relate.anchors import Anchor, Facts
from pipeline.relate.clauses import Trigger
from pipeline.relate.lexicon import lexicon
from pipeline.relate.strangers import strangers
from pipeline.text import View, within

BEING = re.compile(r"(?:est|sont|etait|etaient|sera|ete)\s(?:\w+\s){0,2}$")
_TOPIC = re.compile(r"\W*(?:quant|pour ce qui est) (?:a |au |aux |de |du |d')(?:la |le |les )?")
_TO_COME = re.compile(r"(?<!\w)ser(?:a|ont)\s(?:\w+\s){0,2}$")
_OFFICE_OF = re.compile(
    r"(?<!\w)(?:a|aux) [\w' .-]{3,40}, (?:(?:le |la )?(?:senat\w+-)?maire|(?:premiere? )?adjointe?|presidente?|vice-presidente?|conseill\w+|elue?)(?: \w+){0,4} (?:de la ville de |de la |de l'|du |des |de |d')$"
)
_INTERRUPTED = re.compile(
    r",|\d{4}|\blors\b|\bau\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier)\b|\ble \d{1,2}\b"
)
_ALL_GIVEN = re.compile(
    r"\W*(?:les|ces) (?!deux|trois|quatre)[^,;:]{3,60} (?:ont|sont|seront|avaient)(?: \w+){0,2} $"
)
_GIVER = re.compile(r"\W*(?:le|la|un|une) (?:jury|commission|comite|conseil national)(?!\w)")
_OWNED = re.compile(r"(?:de|d'|du|des|a|au) (?:la (?:ville|commune) (?:de |d'|du ))?$")
# "Autres communes de Moselle distinguées": the département is where they are
_AMONG = re.compile(
    r"(?:communes|villes|villages|collectivites|laureats) (?:de la |de l'|du |des |de |d'|en |dans l[ea] )$"
)
_GOT = re.compile(r"(?:obtenu|decroche|remporte|gagne|recu|conserve|glane|rafle)")
_BY_AGENT = re.compile(r"[^,;:.]{0,40}?\bpar (?:la ville de |la commune de |la |le |l'|notre )?")
_BESIDE = re.compile(r"(?<!\w)(?:aux cotes d|a cote d|en compagnie d)")
_NAME_APPOSED = re.compile(
    r"(?<![\w'-])(?P<name>[A-ZÀ-ÖØ-Þ][\w'&.-]+(?: (?:(?:et|&|de|du|des|la|le|les|d') ?)*[A-ZÀ-ÖØ-Þ&][\w'&.-]*){1,4}), $"
)
_BEFORE_APPOSED = re.compile(
    r"(?:\s\([^()]{2,30}\))?(?:, | \()(?:(?:le|la|l'|les|un|une) ?)?(?:grande? |heureu\w+ |double |beau |belle |premiere? )?"
)
_NAME_WITHIN = 70  # characters before a verb in which its subject is looked for
# "Jeanne Roux, elle, a …", "Jean Roy qui l'…", "Odile Perrin s'est aussi vu …"
_UP_TO_VERB = re.compile(
    r",?(?: |(?:qui|a|ont|avait|est|sont|etait|se|s'est|vient|viennent|de|d'|y|l'|en|aussi|egalement|enfin|lui|elle|ete|vu|,)(?!\w)|\w+ment(?!\w))*"
)
_TOLD_REACH = 30  # characters from a colon to the first name that it tells
_APPOSED_WITHIN = 60  # characters from a name to what is apposed to it
_TO_WHOM = re.compile(r",? (?:a (?:qui|laquelle)|auquel)(?!\w)")
_WHO = re.compile(r"(?:\s?\([^()]{1,20}\))?,?\squi\s(?:\w+\s){0,3}$")
_BY = re.compile(r"\s+(?:\w+\s+)?par(?!\w)")


class Recipients:
    """Finds the recipients in the sentences of one release.  Offsets point into the view."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view = view
        self.facts = facts
        self.words = lexicon()

    def of(
        self,
        trigger: Trigger,
        who: list[Actor],
        carried: list[Actor],
        used: list[Anchor],
        start: int,
        end: int,
    ) -> list[Actor]:
        """Recipients of a trigger; `carried` are those of the trigger before, `used` the awards it rules."""
        view = self.view
        voice = trigger.rule.voice
        spans = [(a.start, a.end) for a in used]
        free = [a for a in who if not any(s <= a.start < e for s, e in spans)]
        free = [
            a
            for a in free
            if a.who.kind not in ("departement", "region")
            or not _AMONG.search(view.folded[max(0, a.start - 30) : a.start])
        ]
        inside = [a for a in free if trigger.first <= a.start < trigger.last]
        topic = next((a for a in free if _TOPIC.fullmatch(view.folded[start : a.start])), None)
        if topic and voice in ("subject", "noun") and topic.start < trigger.start:
            return [topic]  # "Quant à Vauvillers, la commune a déposé son dossier"
        if voice == "salute" and not trigger.participle:
            objects = [a for a in inside if a.start > trigger.end and not a.located]
            if (
                not objects
                and any(a.end <= trigger.start for a in used)
                and self.words.whose.ours.match(view.folded, trigger.end)
            ):
                return self.issuer()  # "le Prix X récompense le projet de la médiathèque"
            return group_around(view, objects[0], free) if objects else []
        if voice == "give":
            for actor in free:
                if actor.end < trigger.start and _TO_WHOM.match(view.folded, actor.end):
                    return group_around(
                        view, actor, free
                    )  # "L'Étang-Salé, à qui le label vient d'être attribué"
            given = self._given(trigger, free)
            if given is not None:
                group = group_around(view, given, [a for a in free if a.start < trigger.last])
                alone = len(group) == 1 and not any(a.levels for a in used)
                if alone and _ALL_GIVEN.match(view.folded[trigger.first : trigger.start]):
                    return []  # "Les Victoires du paysage ont été remises à Paris": where, not to whom
                return group
            if used and self.words.whose.to_official.search(
                view.folded, trigger.end, min(end, trigger.end + 90)
            ):
                return self.issuer()
            before = view.folded[max(start, trigger.start - 30) : trigger.start]
            if _TO_COME.search(before):
                return []  # "le titre sera décerné en juin": nobody has it yet
            if _BY.match(view.folded, trigger.end) and not BEING.search(before):
                return []  # "une distinction attribuée par l'Observatoire" says what the award is
            if re.search(r"(?<!\w)(?:lui|leur|nous)\s", before):
                return self.issuer()
            if self.words.whose.several.match(view.folded, trigger.end):
                return []  # "le jury a décerné neuf Fleurs d'or": to many
            return [] if trigger.rule.weak else ([] if not self._about_us(start, end) else self.issuer())
        if voice == "object":
            behind = [a for a in free if a.start >= trigger.end and a.role != "self"]
            return group_around(view, behind[0], free) if behind else self._listed_names(trigger.end, end)
        if voice == "noun":
            owners = [a for a in inside if a.start >= trigger.end and not a.given and a.role != "other"][:1]
            owners = [
                a
                for a in owners
                if re.match(
                    r"\s*(?:\"?[^.;]{0,60}?)?(?:de|du|d'|des|pour|par)\s",
                    view.folded[trigger.end : a.start] or "",
                )
            ]
            subjects = [a for a in inside if a.start < trigger.start and not a.located]
            if subjects:
                return group_around(view, subjects[-1], free)
            if owners:
                return group_around(view, owners[0], free)
            return self.issuer()
        if voice == "subject" and (whose := self._antecedent(trigger, free)):
            return group_around(view, whose, [replace(a, located=False) for a in free])
        if voice == "subject" and (whose := self._apposed_to(trigger, free)):
            return group_around(view, whose, [replace(a, located=False) for a in free])
        if trigger.participle and (agent := self._agent(trigger, free)):
            return group_around(view, agent, free)
        within = [a for a in free if trigger.start < a.start and a.end < trigger.end and a.role == "named"]
        if within:
            return group_around(view, within[0], free)  # "le dossier de Semur n'a pas été retenu"
        if _GIVER.match(view.folded, trigger.first) and voice == "subject":
            # "le jury n'a pas reconduit la troisième fleur de Vitré"
            owner = next(
                (
                    a
                    for a in inside
                    if a.start > trigger.end and _OWNED.search(view.folded, trigger.end, a.start)
                ),
                None,
            )
            return group_around(view, owner, free) if owner else self.issuer()
        if told := self._told_behind(trigger, free, end):
            return told
        subjects = [a for a in inside if a.end <= trigger.start and not a.located]
        many = self.words.whose.many.search(view.folded, max(start, trigger.start - 80), trigger.start)
        if many and not self.words.whose.one_of_them.search(view.folded, start, many.start()):
            if ":" not in view.text[trigger.end : end].rstrip(" :\n"):
                return []  # nobody is named, or a list below names them
            subjects, carried = [], []
            colon = view.text.index(":", trigger.end)
            if not any(a.start > colon for a in free):
                return []
        if not subjects and not carried:
            subjects = [a for a in free if a.end <= trigger.start and not a.located]
        if subjects:
            chosen = subjects[-1]
            beside = _BESIDE.search(view.folded, subjects[0].end, chosen.start)
            if beside:  # "elle devient, aux côtés d'Amiens et de Valenciennes, …"
                chosen = [a for a in subjects if a.end <= beside.start()][-1]
            named = [a for a in subjects if a.role != "self"]
            said = view.folded[chosen.start : chosen.end]
            if not named and said in ("elle", "elles") and self._is_about_others(trigger, start):
                return []  # "l'association des commerçants, elle, repart avec …"
            if chosen.role == "self" and carried and carried[0].role == "named":
                return carried  # "Marnay entre dans la famille : le bourg est homologué"
            if named and view.folded[chosen.start : chosen.end] in ("elle", "elles", "on", "celle-ci"):
                # "Saint-Leu, elle, n'a pas été retenue"
                group = [a for a in group_around(view, named[-1], free) if a.role != "self"]
            else:
                group = group_around(view, chosen, free)
            return self._with_companions(trigger, group, free)
        if strange := self._strangers_before(trigger, start, who):
            return strange
        behind = [a for a in inside if a.start >= trigger.end and not a.located and not a.given]
        if trigger.participle or trigger.rule.generic or not carried:
            apposed = [
                a
                for a in (
                    behind
                    or [
                        a
                        for a in free
                        if trigger.participle and a.start >= trigger.end and not a.located and not a.given
                    ]
                )
                if re.search(
                    r"(?:[,:]|\best\b|\bsont\b|\baussi\b|-)\s*(?:\w+\s+){0,4}$",
                    view.folded[trigger.end : a.start],
                )
            ]
            if apposed:
                return group_around(view, apposed[0], free)
        if carried and not trigger.rule.generic:
            return carried
        if trigger.rule.generic:
            return []
        if self._is_about_others(trigger, start) or self.words.whose.not_one.fullmatch(
            view.folded[trigger.start : trigger.end]
        ):
            return []
        apposed = self._apposed_name(trigger, start)
        return self._with_companions(trigger, apposed or self.issuer(), free)

    def _strangers_before(self, trigger: Trigger, start: int, who: Sequence[Actor]) -> list[Actor]:
        """Names of several words that no stage knows, right before a verb: "c'est Jeanne Roux qui l'emporte"."""
        view, first = self.view, max(start, trigger.start - _NAME_WITHIN)
        spans = [(a.start, a.end) for a in who]
        reach = (first - _NAME_WITHIN, trigger.start)
        spans.extend((one.start, one.end) for one in within(self.facts.awards, *reach))
        spans.extend((one.start, one.end) for one in within(self.facts.places, *reach))
        spans.extend((one.start, one.end) for one in within(self.facts.dates, *reach))
        names = [a for a in strangers(view, first, trigger.start, spans) if " " in a.who.name]
        if not names or not _UP_TO_VERB.fullmatch(view.folded, names[-1].end, trigger.start):
            return []
        return [a for a in names[-2:] if a is names[-1] or view.folded[a.end : names[-1].start] == " et "]

    def _told_behind(self, trigger: Trigger, free: Sequence[Actor], end: int) -> list[Actor]:
        """Those named behind the colon: "l'association a dévoilé les finalistes du Prix X, section Y : A, B et C"."""
        view = self.view
        if not view.folded.endswith("s", trigger.start, trigger.end) or not self.words.whose.these.search(
            view.folded, max(0, trigger.start - 30), trigger.start
        ):
            return []
        colon = view.text.find(":", trigger.end, end)
        if colon < 0 or re.search(r"[.;\n]", view.text[trigger.end : colon]):
            return []
        behind = [replace(a, located=False) for a in free if a.start > colon and a.role != "self"]
        return (
            group_around(view, behind[0], behind) if behind and behind[0].start - colon < _TOLD_REACH else []
        )

    def _apposed_name(self, trigger: Trigger, start: int) -> list[Actor]:
        """A name that no stage knows, right before what is said of it: "… à Airault & Fils, lauréate en 2020"."""
        named = _NAME_APPOSED.search(self.view.text, max(start, trigger.start - 60), trigger.start)
        if named is None or len(named["name"]) < 3:
            return []
        first, last = named.span("name")
        if any(p.start < last and first < p.end for p in self.facts.places):
            return []
        return [Actor(first, last, Collectivity(kind="other", name=named["name"]), "other")]

    def _is_about_others(self, trigger: Trigger, start: int) -> bool:
        """Whether the clause has a subject that is neither the publisher nor its own: "le club de football"."""
        clause = self.view.folded[max(start, trigger.first) : trigger.start]
        return bool(self.words.whose.not_ours.match(clause))

    def _antecedent(self, trigger: Trigger, free: Sequence[Actor]) -> Actor | None:
        """Who stands right before "qui": "s'est inclinée face à Lannion, qui repart avec l'or"."""
        folded = self.view.folded
        relative = _WHO.search(folded, max(0, trigger.start - 40), trigger.start)
        if relative is None:
            return None
        whose = next((a for a in free if a.end == relative.start() and a.role == "named"), None)
        return replace(whose, located=False) if whose else None

    def _apposed_to(self, trigger: Trigger, free: Sequence[Actor]) -> Actor | None:
        """Whom an apposition follows at once, wherever it stands: "l'aire de jeux de Vannes, lauréate en 2020"."""
        if not self.words.whose.apposed.match(self.view.folded, trigger.start):
            return None
        folded = self.view.folded
        near = (a for a in free if a.role == "named" and 0 < trigger.start - a.end < _APPOSED_WITHIN)
        return next((a for a in near if _BEFORE_APPOSED.fullmatch(folded, a.end, trigger.start)), None)

    def _agent(self, trigger: Trigger, free: Sequence[Actor]) -> Actor | None:
        """Who has got it, behind "par": "les deux prix obtenus cette année par la commune"."""
        if not _GOT.match(self.view.folded, trigger.start):
            return None
        for actor in free:
            between = self.view.folded[trigger.end : actor.start]
            if trigger.end <= actor.start < trigger.last and _BY_AGENT.fullmatch(between):
                return actor
        return None

    def _given(self, trigger: Trigger, free: Sequence[Actor]) -> Actor | None:
        """To whom it is given: right behind the verb, else behind a noun that says what it is ("à la commune de")."""
        folded = self.view.folded
        given = [
            a
            for a in free
            if a.start > trigger.start and (a.given or _OFFICE_OF.search(folded[trigger.end : a.start]))
        ]
        for actor in given:
            if actor.role == "self" or self.words.whose.goes_to.match(folded, trigger.start):
                return actor  # "est revenu samedi à notre commune": where something happened is not told so
            own = GIVEN.search(folded, trigger.end, actor.start)  # the "au" of the name interrupts nothing
            if not _INTERRUPTED.search(folded, trigger.end, own.start() if own else actor.start):
                return actor  # "décerné à Vitré"; behind a day or a comma "à Vitré" is where it happened
            if actor.role == "named" and _OFFICE_OF.search(folded[trigger.end : actor.start]):
                return actor  # "remis à Hervé Maunoury, maire de Falaise"
            if actor.role == "named" and self.words.head_of.search(
                folded[max(0, actor.start - 60) : actor.start]
            ):
                return actor
        return None

    def _listed_names(self, start: int, end: int) -> list[Actor]:
        """Names of an enumeration that no stage knows ("Vantaa, Trondheim et Maribor"): recipients `other`."""
        found = []
        for match in re.compile(
            r"(?:^|,|;|\set|:)\s*(?P<name>[A-ZÀ-ÖØ-Þ][\w'-]+(?:[ -][A-ZÀ-ÖØ-Þ][\w'-]+){0,3})(?=\s*(?:[,.;]|et\s|\(|$))"
        ).finditer(self.view.text, start, end):
            who = Collectivity(kind="other", name=match["name"])
            found.append(Actor(match.start("name"), match.end("name"), who, "other"))
        return found

    def _with_companions(self, trigger: Trigger, group: list[Actor], free: list[Actor]) -> list[Actor]:
        """Those named "aux côtés de", "avec", "comme": they share the fact."""
        view = self.view
        result = list(group)
        for match in self.words.co_recipients.finditer(view.folded, trigger.first, trigger.last):
            if trigger.status == "lost" and self.words.rivals.match(match[0]):
                continue  # who loses to it is not lost with it
            if match[0] == "et" or re.search(
                r"(?:partenariat|lien|menee?s?|conduite?s?|realisee?s?|concue?s?|construite?s?|portee?s?|travaille|signee?|commun) $",
                view.folded[max(0, match.start() - 14) : match.start()],
            ):
                continue
            near = [
                a for a in free if 0 <= a.start - match.end() < 70 and a not in result and a.role != "self"
            ]
            if near and not re.search(
                r"[.;:]|(?<!\w)(?:pour|a|lors|sur)\s", view.folded[match.end() : near[0].start]
            ):
                # "aux côtés de Rennes et de la SAS Horizon": "de" goes on with "aux côtés"
                beside = [replace(a, located=False) if a.start >= match.end() else a for a in free]
                near = [replace(near[0], located=False)]
                result.extend(a for a in group_around(view, near[0], beside) if a not in result)
        return result

    def issuer(self) -> list[Actor]:
        """The publisher, when it is known: whom a release is about that names nobody."""
        publisher = self.facts.publisher
        return [Actor(0, 0, publisher, "self")] if publisher else []

    def _about_us(self, start: int, end: int) -> bool:
        return bool(re.search(r"(?<!\w)(?:nous|notre|nos)(?!\w)", self.view.folded[start:end])) or start < 200


def pair(
    levels: Sequence[str | None], years: Sequence[int | None], got: Sequence[Actor]
) -> list[tuple[Actor, str | None, int | None]]:
    """Who has which level of which year: in step where the counts agree, else each with each."""
    if len(years) == len(got) > 1 and len(levels) == 1:
        return [(who, levels[0], year) for who, year in zip(got, years, strict=True)]
    if len(levels) == len(got) > 1:
        return [(who, level, years[0]) for who, level in zip(got, levels, strict=True)]
    if len(levels) == len(years) > 1:
        return [(who, level, year) for who in got for level, year in zip(levels, years, strict=True)]
    return [(who, levels[0], year) for who in got for year in years]
