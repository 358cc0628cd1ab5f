"""Awards: the catalogue, and finding awards and their levels in a text.

>>> from pipeline.text import View
>>> [(mention.award.id, mention.level, mention.edition) for mention in find(View("le Hashtag d'Argent 2023"))]
[('hashtags', 'Argent', 2023)]
>>> [level.level for level in levels(View("La commune conserve sa 3e fleur et ses quatre @"))]
['3 fleurs', '4 @']
"""

from pipeline.awards.catalogue import (
    Award,
    CatalogueError,
    add,
    catalogue,
    check,
    propose,
    search,
    unknown_in,
)
from pipeline.awards.find import find
from pipeline.awards.learned import NameFinder
from pipeline.awards.levels import (
    METALS,
    counted_level,
    level_number,
    level_of_label,
    levels,
    place_level,
    place_number,
    prize_level,
)
from pipeline.awards.mention import AwardMention, LevelMention

__all__ = [
    "METALS",
    "Award",
    "AwardMention",
    "CatalogueError",
    "LevelMention",
    "NameFinder",
    "add",
    "catalogue",
    "check",
    "counted_level",
    "find",
    "level_number",
    "level_of_label",
    "levels",
    "place_level",
    "place_number",
    "prize_level",
    "propose",
    "search",
    "unknown_in",
]
