"""What a student says they want to be, in their own words, matched to occupations for a person to confirm."""

from pathbook.occupations.said import Said, Suggestion
from pathbook.occupations.sectors import SECTORS, sector_of, title_of
from pathbook.occupations.suggesting import read, suggest

__all__ = ["SECTORS", "Said", "Suggestion", "read", "sector_of", "suggest", "title_of"]
