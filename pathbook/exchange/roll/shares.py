"""Absence and attendance as they arrive: is 0.05 a twentieth, or a twentieth of one per cent? Decided for a whole column.

A spreadsheet holds 95% as 0.95, and a file made from it says so. One cell alone cannot tell; a column can
(`docs/decisions/0047`).
"""

from collections.abc import Iterable
from enum import Enum

from pathbook.exchange.roll import values

COLUMNS = ("absence", "attendance")
ENOUGH = 20  # so many students of whom nobody missed more than one session in a hundred: no such school is known


class Reading(Enum):
    PERCENT = "percent"
    FRACTION = "fraction"
    UNCLEAR = "unclear"


def reading_of(column: str, cells: Iterable[str]) -> Reading:
    """How a column's bare numbers are meant; a cell with its own sign (5%) means what it says and decides nothing."""
    bare = [found for cell in cells if "%" not in cell and (found := values.read_percent(cell)) is not None]
    if not bare or max(bare) > 1:
        return Reading.PERCENT
    if column == "attendance":
        return Reading.FRACTION  # or nobody would have been in school
    if all(one in (0, 1) for one in bare):
        return Reading.PERCENT
    return Reading.FRACTION if len(bare) >= ENOUGH else Reading.UNCLEAR


def sentence(column: str, heading: str, reading: Reading) -> str:
    """What the preview says of the whole column; "" where nothing was in doubt."""
    if column == "attendance" or reading is Reading.PERCENT:
        return ""
    if reading is Reading.FRACTION:
        return f"Nothing under {heading} is more than 1, so it is read as fractions: 0.05 is 5%. Write 0.05% where it is less."
    return (
        f"Nothing under {heading} is more than 1, and so few rows do not show whether 0.05 is 5% or 0.05%: it is left as it "
        "was. Write the numbers with their sign, such as 5%."
    )
