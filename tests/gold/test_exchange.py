"""The corpus in the formats of others: what is written comes back, and other programs can read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.gold import GoldRelease, parse_gold, read_corpus
from pipeline.gold.exchange import FORMATS, ExchangeError, bio, label_studio
from pipeline.gold.exchange.parts import outermost, take_apart

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
WHOLE = [name for name, way in FORMATS.items() if not way.lost]
SMALL = """---
type: distinction
published: 2024-09-10
issuer: commune 58194
about: a mark in a mark, two quotations
---
🏆 [Nevers]{commune 58194}  reçoit\\t[la 3e édition [2024]{date 2024}]{date 2024} du prix :
[12,5 %]{qty 12.5 unit=% ind=share holder=58194}.
---
distinctions:
  - {to: commune 58194, award_name: Prix des Roses, edition: 2024, status: awarded, quote: ["reçoit", "du prix"]}
  - {to: other Le Club, award_name: Prix des Roses, status: lost}
events:
  - {name: Salon, ordinal: 3, days: 2024-06-01/2024-06-02, at: édition}
""".replace("\\t", "\t")


def same(one: GoldRelease, other: GoldRelease) -> bool:
    """Whether two releases are the same in all their fields."""
    return all(
        msgspec.to_builtins(getattr(one, name)) == msgspec.to_builtins(getattr(other, name))
        for name in GoldRelease.__dataclass_fields__
    )


@pytest.mark.parametrize("name", WHOLE)
def test_the_corpus_comes_back_whole(name: str) -> None:
    releases = list(read_corpus(CORPUS))
    again = FORMATS[name].load(FORMATS[name].dump(releases))
    assert len(again) == len(releases)
    assert [one.id for one, other in zip(releases, again, strict=True) if not same(one, other)] == []


_WORD = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="[]{}\\-"), min_size=1, max_size=8
)


@st.composite
def _releases(draw: st.DrawFn) -> GoldRelease:
    """Releases of any letters and spaces, with marks of each kind that touch, nest or stand alone."""
    pieces = []
    for _ in range(draw(st.integers(0, 6))):
        word = draw(_WORD)
        label = draw(
            st.sampled_from(
                ("", "commune 58194", "other", "date 2024", "date - SET", "qty 3 unit=élèves cmp=~ ind=count")
            )
        )
        if label and word.strip() == word:
            word = f"[{word}]{{{label}}}"
            if draw(st.booleans()):
                word = f"[{word}]{{date 2024-05}}"
        pieces.append(word)
    text = draw(st.sampled_from(("", " ", "\n", "  "))).join(pieces)
    return parse_gold(f"---\ntype: event\n---\nx {text}\n")


# no deadline: the first example waits for spaCy to be imported
@settings(deadline=None, max_examples=60)
@given(st.lists(_releases(), max_size=3))
def test_any_release_comes_back_whole(releases: list[GoldRelease]) -> None:
    for name in WHOLE:
        again = FORMATS[name].load(FORMATS[name].dump(releases))
        assert len(again) == len(releases)
        assert all(map(same, releases, again)), name


def test_spacy_reads_spans_with_their_attributes() -> None:
    content = FORMATS["spacy"].dump([parse_gold(SMALL, "r")])
    (doc,) = DocBin().from_bytes(content).get_docs(spacy.blank("fr").vocab)
    (place,) = doc.spans["places"]
    assert (place.text, place.label_, place.kb_id_) == ("Nevers", "commune", "58194")
    (quantity,) = doc.spans["quantities"]
    assert doc.spans["quantities"].attrs[quantity.id_]["holder"] == "58194"
    assert [span.text for span in doc.spans["distinctions"]] == ["reçoit", "du prix"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Nevers", "PLACE"),
        ("la 3e édition 2024", "DATE"),
        ("12,5 %", "QUANTITY"),
    ]
    assert doc.cats == {"distinction": 1.0}


def test_spacy_converts_the_bio_lines() -> None:
    from spacy.training.converters.conll_ner_to_docs import conll_ner_to_docs

    releases = list(read_corpus(CORPUS, "dev"))
    docs = list(conll_ner_to_docs(FORMATS["bio"].dump(releases).decode(), no_print=True))  # type: ignore[no-untyped-call]  # spaCy ships no types for it
    wanted = sum(len(outermost(take_apart(gold).marks)) for gold in releases)
    assert sum(len(doc.ents) for doc in docs) == wanted


@settings(deadline=None, max_examples=60)
@given(st.lists(_releases(), max_size=3))
def test_bio_keeps_words_and_outermost_marks(releases: list[GoldRelease]) -> None:
    again = list(bio.read(FORMATS["bio"].dump(releases)))
    assert len(again) == len(releases)
    for gold, back in zip(releases, again, strict=True):
        before = take_apart(gold)
        assert "".join(before.text.split()) == "".join(back.text.split())
        kept = [mark for mark in outermost(before.marks) if mark.layer != "quantities"]
        assert ["".join(before.text[mark.start : mark.end].split()) for mark in kept] == [
            "".join(back.text[mark.start : mark.end].split()) for mark in back.marks
        ]


def test_label_studio_tasks_have_the_documented_fields() -> None:
    (task,) = json.loads(FORMATS["label-studio"].dump([parse_gold(SMALL, "r")]))
    result = task["annotations"][0]["result"]
    regions = {item["id"]: item for item in result if item["type"] == "labels"}
    for item in regions.values():
        value = item["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        assert f'<Label value="{value["labels"][0]}"/>' in label_studio.CONFIG
        assert f'name="{item["from_name"]}" toName="{item["to_name"]}"' in label_studio.CONFIG
    (choice,) = (item for item in result if item["type"] == "choices")
    assert f'<Choice value="{choice["value"]["choices"][0]}"/>' in label_studio.CONFIG


def test_a_relation_leads_from_a_quotation_to_its_recipient() -> None:
    quoted = SMALL.replace('["reçoit", "du prix"]', '"Nevers  reçoit"')
    (task,) = json.loads(FORMATS["label-studio"].dump([parse_gold(quoted, "r")]))
    (relation,) = (item for item in task["annotations"][0]["result"] if item["type"] == "relation")
    assert (relation["from_id"], relation["to_id"], relation["labels"]) == (
        "distinctions-0.0",
        "places-0",
        ["recipient"],
    )


def test_web_annotations_have_what_the_model_asks_for() -> None:
    told = json.loads(FORMATS["web-annotation"].dump([parse_gold(SMALL, "r"), parse_gold(SMALL, "s")]))
    assert told["@context"] == "http://www.w3.org/ns/anno.jsonld"
    collection, *pages = told["@graph"]
    items: list[dict[str, Any]] = [item for page in pages for item in page["items"]]
    assert collection["total"] == len(items) == len({item["id"] for item in items})
    assert all(item["type"] == "Annotation" and item["target"] for item in items)
    text = pages[0]["items"][0]["body"][0]["value"]
    for item in pages[0]["items"][1:]:
        position, quote = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])


def test_a_mark_is_found_again_when_its_text_has_moved() -> None:
    told = json.loads(FORMATS["web-annotation"].dump([parse_gold(SMALL, "r")]))
    body = told["@graph"][1]["items"][0]["body"][0]
    body["value"] = "Communiqué. " + body["value"]
    (again,) = FORMATS["web-annotation"].load(json.dumps(told).encode())
    assert [place.text for place in again.record.places] == ["Nevers"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_something_else_is_told(name: str) -> None:
    with pytest.raises(ExchangeError):
        FORMATS[name].load(b"a b c")


@pytest.mark.parametrize("name", WHOLE)
def test_the_command_writes_a_corpus_that_it_can_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "a" / "releases").mkdir(parents=True)
    (tmp_path / "a" / "releases" / "r.txt").write_text(SMALL, encoding="utf-8", newline="")
    run = CliRunner().invoke
    made = str(tmp_path / "made")
    out = run(app, ["corpus", "export", str(tmp_path / "a"), "--format", name, "--to", made])
    assert out.exit_code == 0, out.output
    back = run(app, ["corpus", "import", made, "--format", name, "--to", str(tmp_path / "b")])
    assert back.exit_code == 0, back.output
    (first,), (second,) = read_corpus(tmp_path / "a"), read_corpus(tmp_path / "b")
    assert same(first, second)
    assert run(app, ["corpus", "import", made, "--format", name, "--to", str(tmp_path / "b")]).exit_code != 0
