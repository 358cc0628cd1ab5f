"""The same release twice, and releases that nearly repeat another."""

from __future__ import annotations

import random

import pytest
from msgspec import UNSET

from pipeline.model import Announcement, Record, Release
from pipeline.read import Failure, Incoming
from pipeline.run import Duplicates
from pipeline.run.duplicates import ALIKE, FEWEST_WORDS, minhash, resemblance
from pipeline.text import digest

WORDS = [
    "ville",
    "maire",
    "conseil",
    "prix",
    "label",
    "fleurs",
    "jury",
    "quartier",
    "habitants",
    "ecole",
    "stade",
    "marche",
    "budget",
    "travaux",
    "place",
    "rue",
    "festival",
    "concert",
    "association",
    "culture",
    "sport",
    "jeunesse",
    "environnement",
    "transport",
    "velo",
    "eau",
    "energie",
    "logement",
]


def _text(seed: int, length: int = 200) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(50)) for _ in range(length))


def _edited(text: str, changes: int) -> str:
    words = text.split()
    for number in range(changes):
        words[(7 + number * len(words) // changes) % len(words)] = f"autre{number}"
    return " ".join(words)


def _incoming(text: str, source: str) -> Incoming:
    return Incoming(Release(id=digest(text), source=source, text=text))


def _record(text: str, source: str = "x.txt") -> Record:
    return Record(release=_incoming(text, source).release, announcement=Announcement(type="statement"))


def _marks(texts: list[str]) -> list[str | None]:
    duplicates = Duplicates()
    marked = list(duplicates.marked(map(_record, texts)))
    assert len(marked) == len(texts)  # marked, never lost
    return [one.release.near_duplicate_of or None for one in marked if isinstance(one, Record)]


def test_the_same_words_come_once_and_every_name_is_kept() -> None:
    duplicates = Duplicates()
    failure = Failure("bad.pdf", "read", "pdf", "bad.pdf: broken")
    first, other = _incoming("L'été à Nevers", "a.txt"), _incoming("L'hiver à Nevers", "c.txt")
    given: list[Incoming | Failure] = [
        first,
        failure,
        _incoming("L’été  à Nevers", "b.txt"),  # the same but for its typography
        other,
        _incoming("L'été à Nevers", "site/d.txt"),
    ]
    assert list(duplicates.once(given)) == [first, failure, other]
    assert duplicates.repeated == 2
    assert duplicates.further(first.release.id) == ["b.txt", "site/d.txt"]
    assert duplicates.further(other.release.id) == []


def test_another_name_of_a_release_that_failed_is_told_as_failed_too() -> None:
    duplicates = Duplicates()
    good, bad = _incoming("Le maire est content", "good.txt"), _incoming("Le maire est fâché", "bad.txt")
    again = [_incoming(one.release.text, f"again-{one.release.source}") for one in (good, bad)]
    list(duplicates.once([good, bad, *again]))
    list(duplicates.marked([_record(good.release.text), Failure("bad.txt", "analyse", "ValueError", "…")]))
    assert [(lost.source, lost.error) for lost in duplicates.lost()] == [("again-bad.txt", "same-as-failed")]


@pytest.mark.parametrize("changes", [1, 3, 6])
def test_an_edited_copy_is_marked_with_the_first(changes: int) -> None:
    first = _text(1)
    assert _marks([_text(2), first, _text(3), _edited(first, changes)]) == [None, None, None, digest(first)]


def test_releases_of_the_same_words_in_another_order_are_none() -> None:
    first = _text(1)
    other = " ".join(random.Random(5).sample(first.split(), k=len(first.split())))
    assert _marks([first, other]) == [None, None]


def test_a_copy_of_a_copy_points_to_the_first() -> None:
    first = _text(1)
    assert _marks([first, _edited(first, 2), _edited(first, 3)])[1:] == [digest(first)] * 2


def test_short_notices_are_not_compared() -> None:
    notice = " ".join(["La mairie est fermée"] * 4)
    assert len(notice.split()) < FEWEST_WORDS
    assert minhash(notice) is None
    assert _marks([f"{notice} lundi", f"{notice} mardi"]) == [None, None]


def test_marks_of_an_earlier_run_are_taken_away() -> None:
    import msgspec

    record = _record(_text(1))
    release = msgspec.structs.replace(record.release, sources=("a", "b"), near_duplicate_of="old")
    (now,) = Duplicates().marked([msgspec.structs.replace(record, release=release)])
    assert isinstance(now, Record)
    assert (now.release.sources, now.release.near_duplicate_of) == (UNSET, UNSET)
    assert b"near_duplicate_of" not in now.to_json()


def test_the_estimate_is_near_the_truth() -> None:
    first = _text(1, 400)
    for changes in (4, 10, 30, 60):
        other = _edited(first, changes)
        runs = [
            set(zip(words, words[1:], words[2:], strict=False)) for words in (first.split(), other.split())
        ]
        truth = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        one, two = minhash(first), minhash(other)
        assert one is not None
        assert two is not None
        # 125 values: a standard deviation of 0.045 at most
        assert resemblance(one, two) == pytest.approx(truth, abs=0.14)


def test_pairs_above_the_threshold_are_found_among_thousands() -> None:
    texts = [_text(seed, 60) for seed in range(1000)]
    copies = [_edited(text, 2) for text in texts[:200]]  # 6 of 58 sequences changed: 0.81 in common
    found = _marks([*texts, *copies])
    assert found[: len(texts)] == [None] * len(texts)
    right = sum(mark == digest(text) for mark, text in zip(found[len(texts) :], texts, strict=False))
    assert ALIKE < 0.81
    assert right >= 190
