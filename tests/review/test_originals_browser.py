"""The way from a fact to its place in the original, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.model import Record
from tests.review.test_browser import browser
from tests.review.test_originals import originals, released

__all__ = ["browser", "originals", "released"]  # fixtures


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_from_a_fact_to_its_place(
    kind: str, browser: Page, served: str, released: dict[str, Record], tmp_path: Path
) -> None:
    page = browser
    page.goto(f"{served}/communiques/{released[kind].release.id}")
    page.locator(".why summary").first.click()
    page.get_by_role("link", name="dans l’original").first.click()
    place = page.locator("#ici")
    expect(place).to_be_in_viewport()
    if kind == "html":
        expect(place).to_have_text("12\xa0000 bulbes")
        assert place.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 226, 120)"
    else:
        # the picture is drawn in another process; the page's policy lets no expression be polled
        shown = "one => one.decode().then(() => one.naturalWidth)"
        assert page.locator("img.original").first.evaluate(shown) > 500
    page.screenshot(path=tmp_path / f"original-{kind}.png", full_page=True)
    page.get_by_role("link", name="Retour au communiqué").click()
    expect(page.locator("#faits")).to_be_visible()
