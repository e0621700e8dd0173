"""What the three questions also ask and nobody records yet: what to do about each, in place of a figure.

A part of Pathbook that comes to record one takes its row out of here and puts a figure into framework/use.py.
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


_TRAINING = "Keep the list of who came to each session, with its date: it is the evidence for Benchmark 4."
_VOICE = "Ask a class whether they know their next step, in the same words each term."
_PARENTS = "Ask the same at a parents' evening, so that the two answers can be compared."
_OBSERVED = "Look at twelve books across year groups, and write down what they show."
NOT_RECORDED = (
    NotRecorded(2, "reach.training", "Staff trained", f"Not recorded yet. {_TRAINING}"),
    NotRecorded(3, "use.voice", "What students say", f"Not asked yet. {_VOICE}", STUDENTS),
    NotRecorded(3, "use.parents", "What parents say", f"Not asked yet. {_PARENTS}", PARENTS),
    NotRecorded(3, "use.observed", "Book looks and walkthroughs", f"Not recorded yet. {_OBSERVED}"),
)
