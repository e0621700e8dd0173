"""What the student says they do not want, or no longer want."""

from pathbook.occupations.finding import WANTED, Found
from pathbook.occupations.words import BREAK


def refused(words: list[str], found: list[Found]) -> set[int]:
    """The places in `found` of the terms that are named only to be refused."""
    no: set[int] = set()
    refusing = False
    for place, one in enumerate(found):
        between = words[found[place - 1].end if place else 0 : one.start]
        if refusing and (BREAK in between or "but" in between):
            refusing = False
        kind = one.term.kind
        if kind == "negative" or (kind == "past" and _is_over(words, one.end)):
            refusing = True
        elif kind == "positive":
            refusing = False
        elif refusing and kind in WANTED:
            no.add(place)
    return no


def _is_over(words: list[str], since: int) -> bool:
    """`wanted to be a vet but now ...` is over; `wanted to be a vet since I was six` is not."""
    rest = words[since:]
    return any(rest[at] == "but" and "now" in rest[at : at + 4] for at in range(len(rest)))
