"""Showing records to people: a page, a notebook fragment, coloured text."""

from pipeline.show.render import fragment, page, sentence, terminal

__all__ = ["fragment", "page", "sentence", "terminal"]
