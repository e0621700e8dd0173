"""Unique learner numbers. Source: Learning Records Service, ULN Validation, WSLP02 v3, January 2019."""

import re
from dataclasses import dataclass

SCIENTIFIC = re.compile(r"\d\.?\d*E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Uln:
    """`value` tidied (empty when it cannot be kept); `problem` one sentence, or empty."""

    value: str
    problem: str

    @property
    def is_valid(self) -> bool:
        return not self.problem


def read_uln(text: str) -> Uln:
    """Judge a ULN; a spreadsheet may have turned it into a number ("1234567890.0") or lost its end ("1.23E+09")."""
    value = text.strip().removesuffix(".0").replace(" ", "")
    if SCIENTIFIC.fullmatch(value):
        return Uln("", "the spreadsheet has shortened this ULN; format the column as text and save again")
    if not re.fullmatch(r"[0-9]{10}", value):
        return Uln(value[:10], "a ULN is ten digits")
    remainder = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), value, strict=False)) % 11
    if remainder == 0 or int(value[9]) != 10 - remainder:
        return Uln(value, "its last digit does not fit the others: a digit may be mistyped")
    return Uln(value, "")
