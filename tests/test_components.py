"""Our stages as components of any French spaCy pipeline."""

from __future__ import annotations

import spacy


def test_components_set_span_groups_with_their_facts() -> None:
    nlp = spacy.blank("fr")
    for name in ("beffroi_dates", "beffroi_quantities", "beffroi_awards", "beffroi_places"):
        nlp.add_pipe(name)
    doc = nlp("La ville de Fos‑sur‑Mer a reçu le Hashtag d’Argent\u00a02023 et compte 4\u202f200 abonnés.")
    assert [(span.text, span._.beffroi.code) for span in doc.spans["beffroi_places"]] == [
        ("Fos‑sur‑Mer", "13039")
    ]
    assert [span._.beffroi.award.id for span in doc.spans["beffroi_awards"]] == ["hashtags"]
    assert [span._.beffroi.value for span in doc.spans["beffroi_quantities"]] == [4200]
    assert [str(span._.beffroi.first_day) for span in doc.spans["beffroi_dates"]] == ["2023-01-01"]
