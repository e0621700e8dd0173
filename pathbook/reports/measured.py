"""What the browser journeys measured, kept as they wrote it: how many clicks it takes a tutor to read a tutee's guidance.

Written only by tests/journeys/test_clicks_to_guidance.py, which fails when what it counts is not what is written here.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median

KEPT = Path(__file__).parent / "data" / "clicks.json"


@dataclass(frozen=True, slots=True)
class Clicks:
    """One number for each tutee whose guidance was looked for, from the tutor's home, on the day it was counted."""

    each: tuple[int, ...]
    counted_on: date

    @property
    def median(self) -> float:
        return float(median(self.each))

    @property
    def sentence(self) -> str:
        clicks = f"{self.median:g} click{'' if self.median == 1 else 's'}"
        return f"{clicks} from a tutor's home to a tutee's guidance (the middle of {len(self.each)} looked for)"


@cache
def clicks_to_guidance() -> Clicks:
    said = json.loads(KEPT.read_text())
    return Clicks(tuple(said["clicks"]), date.fromisoformat(said["counted_on"]))
