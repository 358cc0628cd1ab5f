"""Words of scanned pages, by Tesseract when this machine has it."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

from pipeline.read.incoming import ReadError
from pipeline.read.options import Limits

_SCALE = 200 / 72  # 200 dots an inch
_LANGUAGE = "fra"


def recognise(document: Any, limits: Limits) -> str:
    """The words on the pages of a PDF without a text layer.

    Raises `ReadError` when Tesseract or its French is missing, or finds nothing.
    """
    count = len(document)
    scanned = f"no text in this PDF ({count} scanned page{'s'[: count != 1]})"
    program = shutil.which("tesseract")
    if program is None:
        raise ReadError(
            "scanned",
            f"{scanned}; run an OCR first (ocrmypdf -l fra), or install Tesseract (tesseract-ocr, tesseract-ocr-fra)",
        )
    words = "\n\n".join(_page(document[number], program, limits) for number in range(count)).strip()
    if not words:
        raise ReadError(
            "scanned", f"{scanned}, and the OCR (Tesseract) found none either; is the page blank?"
        )
    return words


def _page(page: Any, program: str, limits: Limits) -> str:
    from pypdfium2 import raw

    width, height = page.get_size()
    if width * height * _SCALE**2 > 60_000_000:
        raise ReadError("too-large", f"a page of {width:.0f} × {height:.0f} points is too large for OCR")
    bitmap = page.render(scale=_SCALE, grayscale=True, force_bitmap_format=raw.FPDFBitmap_Gray)
    rows = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]
    picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows.tobytes()
    try:
        done = subprocess.run(
            [program, "stdin", "stdout", "-l", _LANGUAGE],
            input=picture, capture_output=True, timeout=limits.seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ReadError("too-slow", f"the OCR took more than {limits.seconds:g} seconds a page") from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ReadError(
            "scanned", f"a scanned PDF, and its OCR failed ({told[-1] if told else 'no reason given'}); "
            "is Tesseract's French installed (tesseract-ocr-fra)?",
        )  # fmt: skip
    return str(done.stdout, "utf-8", "replace").strip()
