"""What needs somebody, as sentences: a number, and the list it was counted from. Here those of what students lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pathbook.framework.judge import Judged

# row, year group it is asked of (None: everyone), the sentence after the number, one and many. They say "counts"
# because an encounter without its checklist, or a meeting without a qualified adviser, was had and does not count.
ASKS = (
    (
        "GB8.1a",
        11,
        "Year 11 has had no guidance meeting that counts",
        "Year 11s have had no guidance meeting that counts",
    ),
    (
        "GB8.1b",
        13,
        "Year 13 has had no guidance meeting that counts since 16",
        "Year 13s have had no guidance meeting that counts since 16",
    ),
    (
        "GB5.1",
        None,
        "student has had no employer encounter that counts this year",
        "students have had no employer encounter that counts this year",
    ),
    (
        "GB6.1",
        11,
        "Year 11 has not had two workplace experiences that count",
        "Year 11s have not had two workplace experiences that count",
    ),
    (
        "GB7.1",
        11,
        "Year 11 has no encounter that counts with one or more of the four kinds of provider",
        "Year 11s have no encounter that counts with one or more of the four kinds of provider",
    ),
    (
        "GB3.5.aspiration",
        None,
        "student has not said what they hope for this year",
        "students have not said what they hope for this year",
    ),
    (
        "GB8.1C",
        13,
        "Year 13 has had no guidance meeting that counts in the programme",
        "Year 13s have had no guidance meeting that counts in the programme",
    ),
    (
        "GB5.1C",
        None,
        "learner has not had two employer encounters that count this year",
        "learners have not had two employer encounters that count this year",
    ),
    (
        "GB6.1C",
        13,
        "Year 13 has had no workplace experience that counts in the programme",
        "Year 13s have had no workplace experience that counts in the programme",
    ),
    (
        "GB3.5C.aspiration",
        None,
        "learner has not said what they hope for this year",
        "learners have not said what they hope for this year",
    ),
)


@dataclass(frozen=True, slots=True)
class Todo:
    """A number, a sentence that is true of exactly the list at `url`, why it matters, and one thing to do."""

    figure: int
    sentence: str
    url: str
    why: str = ""
    act: str = ""
    act_url: str = ""


def gap_todos(judged: Sequence[Judged]) -> list[Todo]:
    """One sentence for each ask that has anybody, in the order of ASKS."""
    todos = []
    for row, year, one, many in ASKS:
        asked = [j for j in judged if j.applies(row) and year in (None, j.year_group)]
        missing = [j for j in asked if not j.verdicts[row].met]
        if missing:
            coming = sum(j.verdicts[row].coming for j in missing)
            query = {"gap": row} | ({"year": year} if year else {})
            why = f"Of {len(asked):,}. " + (
                f"{coming:,} of them {'has' if coming == 1 else 'have'} one booked or planned."
                if coming
                else "Nothing is planned for them."
            )
            act = ("See them", f"/coverage/?{urlencode(query | {'rows': 'students'})}")
            todos.append(
                Todo(len(missing), one if len(missing) == 1 else many, f"/students/?{urlencode(query)}", why, *act)
            )
    return todos
