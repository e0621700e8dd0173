"""How a label and a day read inside a sentence."""

from collections.abc import Sequence
from datetime import date


def in_a_sentence(label: str) -> str:
    """Without its capitals, except words that are all capitals: Digital and IT is digital and IT."""
    return " ".join(word if word.isupper() else word.lower() for word in label.split())


def day_in_words(day: date) -> str:
    """5 Mar 2026."""
    return f"{day.day} {day:%b %Y}"


def listed(words: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
