"""beffroi: who was nominated for or won what, read from the press releases of French municipalities.

>>> import pipeline
>>> analyser = pipeline.load()
>>> record = analyser("La ville de Nevers obtient sa 3e fleur au label Villes et Villages Fleuris en 2021.")
>>> [(one.recipient.name, one.award.id, one.edition, one.level) for one in record.distinctions]
[('Nevers', 'villes-villages-fleuris', 2021, '3 fleurs')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.job import Analyser
    from pipeline.read import read

__version__ = "0.1.0"
__all__ = ["Analyser", "__version__", "load", "read"]


def load() -> Analyser:
    """The analyser, with its language model and classifier: about two seconds, then reuse it."""
    from pipeline.job import Analyser

    return Analyser()


def __getattr__(name: str) -> Any:
    # heavy rooms are imported when they are first used: `beffroi --help` answers at once
    if name == "read":
        from pipeline.read import read

        return read
    if name == "Analyser":
        from pipeline.job import Analyser

        return Analyser
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
