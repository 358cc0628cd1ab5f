"""The nominee database: what runs say, what people decide, and what follows from both.

>>> from pipeline.database import Database, Filters, list_nominees
>>> with Database("out/beffroi.db") as database, database.reading() as connection:  # doctest: +SKIP
...     page = list_nominees(connection, Filters(departement="13"))
"""

from pipeline.database.connection import Database, DatabaseError, backup, restore
from pipeline.database.decide import ConflictError, DecisionError
from pipeline.database.load import load
from pipeline.database.search import Filters, list_nominees, work

__all__ = [
    "ConflictError",
    "Database",
    "DatabaseError",
    "DecisionError",
    "Filters",
    "backup",
    "list_nominees",
    "load",
    "restore",
    "work",
]
