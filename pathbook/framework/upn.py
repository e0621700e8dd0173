"""Unique pupil numbers: a claim, not a key. Source: DfE, Unique pupil numbers: guide, v1.2, June 2019 (OGL v3)."""

import re
from dataclasses import dataclass

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O or S
SHAPE = re.compile(rf"[{LETTERS}]\d{{11}}[\d{LETTERS}]")


@dataclass(frozen=True, slots=True)
class Upn:
    """`value` tidied; `kind` permanent or temporary (empty when neither); `problem` one sentence, or empty."""

    value: str
    kind: str
    problem: str

    @property
    def is_valid(self) -> bool:
        return not self.problem


def read_upn(text: str) -> Upn:
    """Judge a UPN. A wrong one is a warning for a person to look at, never a reason to lose a student."""
    value = text.strip().upper()
    if len(value) != 13:
        return Upn(value, "", f"a UPN has 13 characters, this has {len(value)}")
    if not SHAPE.fullmatch(value):
        return Upn(
            value,
            "",
            "a UPN is a letter (never I, O or S), then 12 digits, the last of which may be a letter",
        )
    kind = "temporary" if value[-1].isalpha() else "permanent"
    expected = check_letter(value)
    if value[0] != expected:
        return Upn(value, kind, f"its check letter should be {expected}: a character may be mistyped")
    return Upn(value, kind, "")


def check_letter(value: str) -> str:
    """The letter that belongs in front of characters 2 to 13 (annex A: weights 2 to 13, modulo 23)."""
    weighed = sum(place * _number(character) for place, character in enumerate(value[1:], start=2))
    return LETTERS[weighed % 23]


def _number(character: str) -> int:
    return int(character) if character.isdigit() else LETTERS.index(character)
