"""PDFs as communications offices make them, drawn by the tests themselves."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
FONT, SIZE, LEADING = "Helvetica", 10.5, 14.0
MARGIN = 60.0


def wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    """The text in lines that fit a width in points; a hyphen of the text may end a line."""
    lines, now = [], ""
    for word in text.split():
        longer = f"{now} {word}".strip()
        if stringWidth(longer, FONT, size) > width and now:
            lines.append(now)
            now = word
        else:
            now = longer
    return [*lines, now]


def drawn(canvas: Canvas, lines: Sequence[str], left: float, top: float, size: float = SIZE) -> float:
    """Lines below one another; returns the y below the last."""
    canvas.setFont(FONT, size)
    for line in lines:
        canvas.drawString(left, top, line)
        top -= LEADING * size / SIZE
    return top


def plain(title: str, paragraphs: Sequence[str], told: str = "") -> bytes:
    """One page: a title in large letters, paragraphs over the whole width."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4)
    canvas.setTitle(told)
    top = drawn(canvas, wrapped(title, WIDTH - 2 * MARGIN, 18), MARGIN, HEIGHT - 140, 18) - 10
    for paragraph in paragraphs:
        top = drawn(canvas, wrapped(paragraph, WIDTH - 2 * MARGIN), MARGIN, top) - LEADING
    canvas.save()
    return content.getvalue()


def columns(title: str, left: str, right: str, *, line_by_line: bool) -> bytes:
    """A title above two columns, drawn one column after the other, or line by line across both."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4)
    top = drawn(canvas, wrapped(title, WIDTH - 2 * MARGIN, 18), MARGIN, HEIGHT - 140, 18) - 10
    width = (WIDTH - 2 * MARGIN - 24) / 2
    sides = [wrapped(text, width) for text in (left, right)]
    canvas.setFont(FONT, SIZE)
    places = [
        (line, MARGIN + side * (width + 24), top - number * LEADING, side)
        for side, lines in enumerate(sides)
        for number, line in enumerate(lines)
    ]
    if line_by_line:
        places.sort(key=lambda place: (-place[2], place[3]))
    for line, x, y, _ in places:
        canvas.drawString(x, y, line)
    canvas.save()
    return content.getvalue()


def pages(header: str, bodies: Sequence[Sequence[str]], footer: str) -> bytes:
    """Several pages with a running header and a footer that counts them."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4)
    for number, body in enumerate(bodies, start=1):
        drawn(canvas, [header], MARGIN, HEIGHT - 40, 9)
        top = HEIGHT - 140
        for paragraph in body:
            top = drawn(canvas, wrapped(paragraph, WIDTH - 2 * MARGIN), MARGIN, top) - LEADING
        drawn(canvas, [f"{footer} – page {number}/{len(bodies)}"], MARGIN, 30, 8)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def lines(*written: str) -> bytes:
    """One page with the lines as they are, one below the other."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4)
    font = _unicode_font()
    canvas.setFont(font, SIZE)
    top = HEIGHT - 140
    for line in written:
        canvas.drawString(MARGIN, top, line)
        top -= LEADING
    canvas.save()
    return content.getvalue()


def _unicode_font() -> str:
    """A font with ligatures that comes with reportlab."""
    import reportlab

    path = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(path)))
    return "Vera"


def table(rows: Sequence[Sequence[str]]) -> bytes:
    """One page with a table of short cells."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4)
    canvas.setFont(FONT, SIZE)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            canvas.drawString(MARGIN + 170 * column, HEIGHT - 140 - number * 20, cell)
    canvas.save()
    return content.getvalue()


def scanned(words: str) -> bytes:
    """One page that is a picture of words, without a text layer."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (1654, 700), 255)
    import reportlab

    font = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), 40)
    ImageDraw.Draw(picture).multiline_text((120, 120), words, fill=0, font=font, spacing=20)
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, HEIGHT - 252, WIDTH, 252)
    canvas.save()
    return content.getvalue()


def endless(text: str, levels: int = 12) -> bytes:
    """A small page that draws for ever: a form draws another ten times, that one another ten times, and so on."""
    many = b"/X Do " * 10
    forms = [
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X %d 0 R >> >> "
        b"/Length %d >> stream\n%s\nendstream" % (7 + level, len(many), many)
        for level in range(levels)
    ]
    words = f"BT /F 12 Tf 72 700 Td ({text}) Tj ET".encode("cp1252")
    square = b"0 0 500 700 re f"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /XObject << /X 6 0 R >> /Font << /F 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >> stream\n%s /X Do\nendstream" % (len(words) + 6, words),
        *forms,
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length %d >> stream\n%s\nendstream"
        % (len(square), square),
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj %s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(written),
    )  # fmt: skip
