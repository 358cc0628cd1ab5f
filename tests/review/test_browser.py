"""The page in a real headless Chromium, with the keyboard alone; skipped, loudly, where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import ConsoleMessage, Page, expect, sync_playwright
from sqlalchemy import select

from pipeline.database import Database, load
from pipeline.database.schema import distinctions
from tests.database.records import record
from tests.needs import program
from tests.review.conftest import TEXT, told

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync"]  # fmt: skip
RELEASE = record(TEXT).release.id


@pytest.fixture
def browser() -> Iterator[Page]:
    found = program("chromium", "chromium-browser", "google-chrome", tried="the review page in a browser")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found, args=_ARGUMENTS)
        page = chromium.new_page()
        page.set_default_timeout(10_000)
        complaints: list[str] = []

        def note(message: ConsoleMessage) -> None:
            # htmx itself reports the answers that the page shows as alarms (409, 422)
            if message.type in ("error", "warning") and "status of 4" not in message.text:
                complaints.append(message.text)

        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        chromium.close()
        assert complaints == []


def _row(database: Database, state: str) -> dict[str, object]:
    with database.reading() as connection:
        return dict(
            connection.execute(select(distinctions).where(distinctions.c.state == state)).mappings().one()
        )


def test_from_the_list_to_the_spreadsheet_with_the_keyboard(
    browser: Page, served: str, database: Database, tmp_path: Path
) -> None:
    page = browser
    page.goto(f"{served}/a-verifier?award=hashtags&departement=13&status=awarded")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".fact.current strong")).to_have_text("Fos-sur-Mer")

    page.keyboard.press("c")  # correct the level
    page.keyboard.type("Or")
    edition = page.locator(".fact.current input[name=edition]")
    edition.fill("vingt")
    page.keyboard.press("Enter")
    expect(page.locator("#alarme")).to_contain_text("une année")
    expect(page.locator(".fact.current input[name=level]")).to_have_value("Or")  # what was typed stays
    edition.fill("2024")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_have_text("Corrigée.")
    corrected = _row(database, "corrected")
    assert (corrected["level"], corrected["recipient_code"]) == ("Or", "13039")

    page.keyboard.press("r")
    expect(page.locator("#message")).to_have_text("Rejetée.")
    page.keyboard.press("u")
    expect(page.locator("#message")).to_have_text("Dernière décision annulée.")
    assert _row(database, "corrected")["level"] == "Or"

    page.evaluate("""() => {
        const range = document.createRange();
        const node = [...document.querySelectorAll('#texte')].flatMap((one) => [...one.childNodes]).find((one) => one.textContent.includes('est content'));
        const at = node.textContent.indexOf('est content');
        range.setStart(node, at); range.setEnd(node, at + 'est content'.length);
        getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    page.keyboard.press("+")
    expect(page.locator("#selection")).to_have_text("est content")
    page.keyboard.type("bézier")
    expect(page.locator("#nouveau-villes option").first).to_have_attribute("value", "Béziers (34032)")
    page.locator("#nouveau-qui").fill("Béziers (34032)")
    page.keyboard.press("Tab")
    page.keyboard.type("Prix du poisson")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_have_text("Ajoutée.")
    added = _row(database, "added")
    assert (added["evidence"], added["recipient_code"]) == ("est content", "34032")

    page.keyboard.press("v")
    expect(page.locator("#message")).to_have_text("Communiqué vérifié.")
    page.keyboard.press("n")
    page.wait_for_url(lambda address: RELEASE not in address)

    page.goto(f"{served}/nominations?recipient=13039")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    file = tmp_path / "nominations.xlsx"
    download.value.save_as(file)
    rows = list(openpyxl.load_workbook(file)["Nominations"].values)
    assert rows[1][2] == "Fos-sur-Mer"
    assert "Or" in rows[1]

    load(database, told(), version="second run")
    page.goto(f"{served}/communiques/{RELEASE}")
    expect(page.locator(".fact.corrected")).to_contain_text("Or")
    expect(page.locator(".fact.added")).to_contain_text("Prix du poisson")


def test_nothing_needs_a_mouse_or_a_wide_window(browser: Page, served: str) -> None:
    page = browser
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 × 900 at 200 %
    for path in ("/a-verifier", "/nominations", "/carte", "/journal", f"/communiques/{RELEASE}"):
        page.goto(served + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
        unnamed = page.evaluate("""() => [...document.querySelectorAll('input:not([type=hidden]), select, button')]
            .filter((one) => !(one.labels?.length || one.textContent.trim() || one.ariaLabel)).map((one) => one.outerHTML)""")
        assert unnamed == [], path
    page.goto(served + "/a-verifier")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
