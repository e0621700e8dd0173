"""The eight small marks of a student: one a benchmark, worst of its criteria that apply."""

from dataclasses import dataclass

from pathbook.framework.judge import Judged
from pathbook.framework.measures import is_a_gap

LABELS = {
    2: "Labour market information", 3: "Needs of each student", 4: "Careers in the curriculum", 5: "Employers",
    6: "Workplaces", 7: "Colleges, universities, training", 8: "Guidance",
}  # fmt: skip
WORDS = {"met": "met", "part": "started", "gap": "nothing yet", "na": "does not apply"}
SIGNS = {"met": "✓", "part": "½", "gap": "0", "na": "–"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One benchmark of one student: number, state (met, part, gap, na) and how it reads aloud."""

    number: int
    state: str
    said: str


def eight_marks(judged: Judged) -> tuple[Mark, ...]:
    """Benchmarks 2 to 8 (the first is the school's, not a student's), from one pass over what applies."""
    had: dict[str, tuple[int, int, int]] = {}  # benchmark -> rows, met, begun
    for row in judged.applying:
        if is_a_gap(row):
            verdict = judged.verdicts[row]
            rows, met, begun = had.get(row[2:3], (0, 0, 0))
            had[row[2:3]] = (rows + 1, met + verdict.met, begun + (verdict.had > 0))
    return tuple(MARKS[number, _state(*had.get(str(number), (0, 0, 0)))] for number in LABELS)


def _state(rows: int, met: int, begun: int) -> str:
    if not rows:
        return "na"
    return "met" if met == rows else "part" if begun else "gap"


MARKS = {(n, state): Mark(n, state, f"{LABELS[n]}: {WORDS[state]}") for n in LABELS for state in WORDS}
