"""The eight small marks of a student: one a benchmark, worst of its criteria that apply."""

from dataclasses import dataclass

from pathbook.framework.judge import Judged

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
    """Benchmarks 2 to 8 (the first is the school's, not a student's)."""
    return tuple(_mark(number, judged) for number in LABELS)


def _mark(number: int, judged: Judged) -> Mark:
    rows = [row for row in judged.applying if row.startswith(f"GB{number}.") and ".G" not in row]
    verdicts = [judged.verdicts[row] for row in rows]
    if not verdicts:
        state = "na"
    elif all(verdict.met for verdict in verdicts):
        state = "met"
    else:
        state = "part" if any(verdict.had for verdict in verdicts) else "gap"
    return Mark(number, state, f"{LABELS[number]}: {WORDS[state]}")
