"""Pins that cannot all stand are refused in one sentence that names them."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from pathbook.allocation.problem import Problem


class PinsConflict(ValueError):
    """The decisions kept by hand contradict each other, or what is offered."""


def check(problem: Problem) -> None:
    """Raise PinsConflict with every conflict found, in a fixed order."""
    found = list(dict.fromkeys(_conflicts(problem)))
    if found:
        raise PinsConflict(f"These kept places cannot all stand: {'; '.join(found)}.")


def _conflicts(problem: Problem) -> Iterator[str]:
    offers = {one.id: one for one in problem.offers}
    students = {one.id: one for one in problem.students}
    known = [pin for pin in problem.pins if pin.student in students and pin.offer in offers]
    for pin in problem.pins:
        if pin not in known:
            yield f"{pin.student} in {pin.offer}, which is not offered to anyone here"
    for pin, count in sorted(Counter(known).items(), key=str):
        if count > 1:
            yield f"{pin.student} twice in {offers[pin.offer].name}"
        if why := students[pin.student].cannot.get(pin.offer):
            yield f"{pin.student} in {offers[pin.offer].name} ({why})"
    for id, count in sorted(Counter(pin.offer for pin in set(known)).items()):
        if count > offers[id].capacity:
            names = ", ".join(sorted(pin.student for pin in set(known) if pin.offer == id))
            yield f"{offers[id].name} has {offers[id].capacity} for {count} ({names})"
    by_student: dict[str, list[str]] = {}
    for pin in sorted(set(known), key=lambda pin: (pin.student, pin.offer)):
        by_student.setdefault(pin.student, []).append(pin.offer)
    for student, ids in by_student.items():
        for one, other in combinations((offers[id] for id in ids), 2):
            if one.start < other.end and other.start < one.end:
                yield f"{student} in {one.name} and {other.name}, which are at the same time"
