"""What the three questions also ask and nobody records yet: what to do about each, in place of a figure.

A part of Pathbook that comes to record one takes its row out of here and puts a figure into framework/use/figures.py.
"""

from dataclasses import dataclass

from pathbook.uptake.bank import PARENTS, STUDENTS


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """`question`: 1 to 3. `label` is what would be counted; `words` what to do until it is."""

    question: int
    id: str
    label: str
    words: str
    asks: str = ""  # whom a survey would ask, where one would record it


_VOICE = "Ask a class whether they know their next step, in the same words each term."
_PARENTS = "Ask the same at a parents' evening, so that the two answers can be compared."
NOT_RECORDED = (
    NotRecorded(3, "use.voice", "What students say", f"Not asked yet. {_VOICE}", STUDENTS),
    NotRecorded(3, "use.parents", "What parents say", f"Not asked yet. {_PARENTS}", PARENTS),
)
