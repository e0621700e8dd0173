"""The problem by number instead of by name, worked out once: who may take what, and what overlaps what."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from pathbook.allocation import pins
from pathbook.allocation.problem import Offer, Problem


@dataclass(frozen=True)
class Ground:
    """Offers, students, wishes and menus by their place in the problem; groups by their place in `groups`."""

    problem: Problem
    offer_at: dict[str, int]
    student_at: dict[str, int]
    wanting: list[int]  # wish -> student
    value: list[float]  # wish -> value
    menu: list[int]  # wish -> menu
    worth: list[dict[int, float]]  # menu -> offer -> part of the need; best part first, then the earliest
    cannot: list[frozenset[int]]  # student -> offers
    wishes: list[list[int]]  # student -> wishes, the most valued first
    overlaps: list[frozenset[int]]  # offer -> offers at the same time, itself among them
    groups: list[str]
    member: list[list[int]]  # student -> groups

    @cached_property
    def severity(self) -> list[float]:
        """How badly off a student is: their most urgent need. 0 for those who wish for nothing."""
        return [max((self.value[wish] for wish in mine), default=0.0) for mine in self.wishes]

    @cached_property
    def order(self) -> list[int]:
        """Students, the worst off first; equals in the order of a hat that anyone can draw again."""
        students = self.problem.students
        return sorted(
            range(len(students)), key=lambda at: (-self.severity[at], _drawn(self.problem.draw, students[at].id))
        )

    def worth_of(self, wish: int, offer: int) -> float:
        """What a place in the offer would meet of the wish."""
        return self.value[wish] * self.worth[self.menu[wish]].get(offer, 0.0)


def ground_of(problem: Problem) -> Ground:
    pins.check(problem)
    offers, students = problem.offers, problem.students
    offer_at = {one.id: at for at, one in enumerate(offers)}
    student_at = {one.id: at for at, one in enumerate(students)}
    menu_at = {one.id: at for at, one in enumerate(problem.menus)}
    wishes: list[list[int]] = [[] for _ in students]
    for at in sorted(
        range(len(problem.wishes)), key=lambda at: (-problem.wishes[at].value, problem.wishes[at].need, at)
    ):
        wishes[student_at[problem.wishes[at].student]].append(at)
    groups = sorted({group for one in students for group in one.groups})
    group_at = {group: at for at, group in enumerate(groups)}
    return Ground(
        problem, offer_at, student_at,
        [student_at[wish.student] for wish in problem.wishes], [wish.value for wish in problem.wishes],
        [menu_at[wish.menu] for wish in problem.wishes],
        [_ordered({offer_at[id]: part for id, part in menu.worth.items()}, offers) for menu in problem.menus],
        [frozenset(offer_at[id] for id in one.cannot if id in offer_at) for one in students],
        wishes, _overlaps(offers), groups, [sorted(group_at[group] for group in one.groups) for one in students],
    )  # fmt: skip


def _ordered(worth: dict[int, float], offers: Sequence[Offer]) -> dict[int, float]:
    return dict(sorted(worth.items(), key=lambda one: (-one[1], offers[one[0]].start, offers[one[0]].id)))


def _drawn(draw: str, student: str) -> bytes:
    return blake2b(f"{draw}\n{student}".encode(), digest_size=8).digest()


def _overlaps(offers: Sequence[Offer]) -> list[frozenset[int]]:
    """By a sweep through the offers in order of start."""
    found: list[set[int]] = [{at} for at in range(len(offers))]
    running: list[int] = []
    for at in sorted(range(len(offers)), key=lambda at: offers[at].start):
        running = [one for one in running if offers[one].end > offers[at].start]
        for one in running:
            found[one].add(at)
            found[at].add(one)
        running.append(at)
    return [frozenset(one) for one in found]
