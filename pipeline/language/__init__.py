"""The French language model: reading the few sentences that need it, and our stages as spaCy components."""

from pipeline.language.model import Reader, load_language
from pipeline.language.reading import Entity, Reading, Readings, Token

__all__ = ["Entity", "Reader", "Reading", "Readings", "Token", "load_language"]
