"""Places: every collectivity of France, found in a text and linked to its code.

`find` proposes candidates in one linear pass, `doubtful` says which sentences the language model has
to read, `resolve` decides, links and names the issuer.

>>> from pipeline.text import View
>>> view = View("La ville de Fos-sur-Mer reçoit Béziers et le Gers à Marseille.")
>>> [(place.text, place.kind, place.code) for place in resolve(view, find(view)).places]
[('Fos-sur-Mer', 'commune', '13039'), ('Béziers', 'commune', '34032'), ('Gers', 'departement', '32'), ('Marseille', 'commune', '13055')]
"""

from pipeline.places.find import find, names
from pipeline.places.gazetteer import Entry, Gazetteer
from pipeline.places.referent import referent
from pipeline.places.resolve import Resolution, doubtful, resolve
from pipeline.places.scene import Candidate

__all__ = [
    "Candidate",
    "Entry",
    "Gazetteer",
    "Resolution",
    "doubtful",
    "find",
    "names",
    "referent",
    "resolve",
]
