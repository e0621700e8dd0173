"""Making the plan: each row matched, compared with what is stored, and those missing from a whole roll counted out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from pathbook.exchange.roll.compare import step_for
from pathbook.exchange.roll.entry import Entry, RollFile, Spoilt
from pathbook.exchange.roll.known import Known, Roll, group_key
from pathbook.exchange.roll.leaving import absent_steps
from pathbook.exchange.roll.matching import ASK, CERTAIN, UNCLEAR, Index, Match
from pathbook.exchange.roll.plan import LEAVING, Choices, Plan, Question, Step
from pathbook.exchange.roll.problem import ERROR, WARNING, Problem

Progress = Callable[[str, int, int], None]


def silent(stage: str, n: int, total: int) -> None:
    """No one is watching."""


def make_plan(file: RollFile, roll: Roll, choices: Choices, progress: Progress = silent) -> Plan:
    """Compare a file with the roll. Pure: reads nothing, writes nothing."""
    index = Index(roll, file.entries)
    problems: list[Problem] = list(file.problems)
    questions: list[Question] = []
    pairs: list[tuple[Entry, Match]] = []
    unsure: list[Known] = []
    for n, entry in enumerate(file.entries):
        if n % 500 == 0:
            progress("Matching", n, len(file.entries))
        match = _settled(entry, index.find(entry), choices, problems, questions)
        if match is None or match.how == UNCLEAR:
            unsure += index.find(entry).others
        else:
            pairs.append((entry, match))
    pairs, doubled = _without_collisions(pairs, problems)
    steps = [step_for(entry, match, roll, choices, problems) for entry, match in pairs]
    present = {match.student.pk for _, match in pairs if match.student} | {known.pk for known in unsure}
    present |= {known.pk for spoilt in (*file.spoilt, *doubled) for known in index.may_be(spoilt)}
    if choices.whole_roll:
        absent = absent_steps(roll, present, choices)
        steps += absent
        problems += _many_leave(absent, roll)
    kept = tuple(step for step in steps if step is not None)
    ordered = tuple(sorted(problems, key=lambda p: (p.line, p.level, p.column)))
    return Plan(roll.year, kept, ordered, tuple(questions), _new_groups(kept, roll))


def _settled(
    entry: Entry, match: Match, choices: Choices, problems: list[Problem], questions: list[Question]
) -> Match | None:
    """The match once the person's decisions are applied; None when it still waits for one."""
    if entry.line in choices.another_person and match.how in (ASK, UNCLEAR):
        _without_numbers_of(entry, match, problems)
        return Match("new")
    if match.how == UNCLEAR:
        names = " and ".join(known.name for known in match.others[:3])
        problems.append(Problem(entry.line, match.by, entry.name, f"{match.why}: {names}. Give this row the own id "
                                "or UPN of the right one, then import again.", ERROR))  # fmt: skip
        return match
    if match.how == ASK and not (choices.confirm_all or entry.line in choices.same_person):
        assert match.student
        questions.append(Question(entry.line, entry, match))
        problems.append(Problem(entry.line, match.by, entry.name, f"{match.why} ({match.student.name}). Confirm that "
                                "they are one student (--confirm-matches), or correct the row.", ERROR))  # fmt: skip
        return None
    return Match(CERTAIN, match.student, match.by) if match.how == ASK else match


def _without_numbers_of(entry: Entry, match: Match, problems: list[Problem]) -> None:
    """Another person with a number somebody here has already: the number stays where it is."""
    for known in match.others:
        for name in ("mis_id", "upn", "uln"):
            if getattr(entry, name) and getattr(entry, name) == known.student[name]:
                problems.append(Problem(entry.line, name, getattr(entry, name), f"This number is {known.name}'s, so "
                                        "it is left empty here. Correct it in your system.", WARNING))  # fmt: skip
                setattr(entry, name, "")


def _without_collisions(
    pairs: list[tuple[Entry, Match]], problems: list[Problem]
) -> tuple[list[tuple[Entry, Match]], list[Spoilt]]:
    """Two rows that found the same student are both left out: nothing is merged in silence."""
    by_student: dict[int, list[Entry]] = defaultdict(list)
    for entry, match in pairs:
        if match.student:
            by_student[match.student.pk].append(entry)
    bad: dict[int, Entry] = {}
    for entries in by_student.values():
        for entry in entries if len(entries) > 1 else ():
            lines = ", ".join(str(other.line) for other in entries if other is not entry)
            problems.append(Problem(entry.line, "name", entry.name, f"Line {lines} is about the same student. Keep one "
                                    "row and delete the rest.", ERROR))  # fmt: skip
            bad[entry.line] = entry
    kept = [(entry, match) for entry, match in pairs if entry.line not in bad]
    return kept, [Spoilt(e.line, e.mis_id, e.upn, e.uln, e.name_key) for e in bad.values()]


def _many_leave(absent: list[Step], roll: Roll) -> list[Problem]:
    if len(absent) < 20 or len(absent) * 5 < roll.size * 2:
        return []
    said = f"{len(absent):,} of {roll.size:,} students are not in this file and would leave. Is it the whole roll?"
    return [Problem(0, "", "", said, WARNING)]


def _new_groups(steps: Iterable[Step], roll: Roll) -> dict[str, tuple[str, int]]:
    """Tutor groups to be made, each in the year group most of its students are in."""
    years: dict[str, Counter[int]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for step in steps:
        if step.group and step.entry and step.kind != LEAVING and group_key(step.group) not in roll.groups:
            names.setdefault(group_key(step.group), step.group)
            years[group_key(step.group)][step.entry.year_group] += 1
    return {key: (name, years[key].most_common(1)[0][0]) for key, name in names.items()}
