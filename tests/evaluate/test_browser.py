"""The page of errors: hostile text harmless, marks where the errors are."""

from __future__ import annotations

import lxml.html
import msgspec

from pipeline.evaluate import compare_each
from pipeline.evaluate.browser import page, sheet
from pipeline.gold import parse_gold
from pipeline.model import Collectivity, Place
from tests.evaluate.releases import PAVILLON, UNKNOWN, gold, mixed, record, wrong_award

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> « & »"


def test_hostile_text_is_shown_and_not_run() -> None:
    one = gold(
        "<b>name",
        "{to: 'other <script>alert(3)</script>', award_name: '\"><script>alert(4)</script>', status: lost}",
        words=HOSTILE,
    )
    found = record(one, distinctions=())
    text = one.record.release.text
    start = text.index("<img")
    place = Place(start=start, end=start + 4, text="<img", kind="other", name="'><script>alert(5)</script>")
    found = msgspec.structs.replace(found, places=(*found.places, place))
    shown = page(compare_each([one], [found]))
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "<b>name" not in shown
    assert "alert(3)" in shown
    elements = list(lxml.html.document_fromstring(shown).iter())
    names = {name for element in elements for name in element.attrib}
    assert not {name for name in names if name.startswith("on")}
    assert not names & {"src", "href"}  # nothing is loaded from anywhere
    assert [element.tag for element in elements].count("script") == 1


def test_the_stretches_joined_are_the_text() -> None:
    for one in mixed(8):
        shown = sheet(one)
        assert "".join(piece.text for piece in shown.stretches) == one.gold.record.release.text


def test_both_sides_are_marked_where_they_differ() -> None:
    one = gold("a", type="event")
    first, second = one.record.places
    moved = msgspec.structs.replace(second, kind="commune", code="21231")
    found = msgspec.structs.replace(record(one, type="alert"), places=(first, moved))
    shown = sheet(compare_each([one], [found])[0])
    marked = {piece.text: set(piece.kinds) for piece in shown.stretches if piece.kinds}
    assert marked == {"Nevers": {"right"}, "Tours": {"missed", "extra"}, "300 visiteurs": {"right"}}
    labels = [(fact.side, fact.label) for piece in shown.stretches for fact in piece.labels]
    assert labels == [("missed", "Tours (37261)"), ("extra", "Dijon (21231)")]
    assert shown.counts == {"places": 2, "type": 1}
    written = page(compare_each([one], [found]))
    assert "attendu : Tours (37261)" in written
    assert "trouvé : Dijon (21231)" in written


def test_what_a_quantity_measures_is_one_gap() -> None:
    one = gold("a")
    (quantity,) = one.record.quantities
    other = msgspec.structs.replace(quantity, indicator="participants", holder="58194")
    shown = sheet(compare_each([one], [msgspec.structs.replace(record(one), quantities=(other,))])[0])
    assert [(gap.kind, gap.expected, gap.found) for gap in shown.gaps] == [
        ("indicator", "visitors", "participants"),
        ("holder", "aucune", "Nevers (58194)"),
    ]


def test_distinctions_stand_beside_those_that_resemble_them() -> None:
    one = gold("a", PAVILLON, UNKNOWN, "{to: commune 21231, award: hashtags, edition: 2020, status: lost}")
    pavillon, roses, _ = one.record.distinctions
    elsewhere = Collectivity(kind="commune", code="29232", name="Quimper")
    found = (
        msgspec.structs.replace(roses, category=None),
        msgspec.structs.replace(pavillon, status="renewed"),
        wrong_award(msgspec.structs.replace(pavillon, recipient=elsewhere, edition=2001)),
    )
    pairs = sheet(compare_each([one], [record(one, distinctions=found)])[0]).pairs
    assert [pair.differs for pair in pairs] == [("statut",), ("catégorie",), ("manquée",), ("en trop",)]
    assert (pairs[0].expected or "").startswith("Nevers (58194) · Pavillon Bleu 2024")
    assert pairs[2].found is None
    assert "Quimper" in (pairs[3].found or "")


def test_an_issuer_and_a_day_that_differ_are_named() -> None:
    source = (
        "---\ntype: works\npublished: 2024-09-10\npublished_by: text\nissuer: commune 58194\n---\nTravaux."
    )
    one = parse_gold(source, "a")
    release = msgspec.structs.replace(
        one.record.release, published=msgspec.structs.replace(one.record.release.published, date=None)
    )
    issuer = msgspec.structs.replace(release.issuer, code="37261")
    found = msgspec.structs.replace(one.record, release=msgspec.structs.replace(release, issuer=issuer))
    shown = sheet(compare_each([one], [found])[0])
    assert [(gap.kind, gap.expected, gap.found) for gap in shown.gaps] == [
        ("issuer", "Nevers (58194)", "Tours (37261)"),
        ("day", "2024-09-10", "aucun"),
    ]
