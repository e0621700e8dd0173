"""Room made along chains of moves, so that one more is seated and nobody who was is left standing.

Students are seated one place each. Taken in order, whoever can be seated with all those before them is; where someone
cannot, every offer reached is full for good (no later chain can free it) and is not looked at again.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field


@dataclass
class Chains:
    """`lists`: offers under a key, the better first. `asks`: the keys each student may choose from, but not what is `barred`."""

    left: list[int]
    lists: dict[int, list[int]]
    asks: Mapping[int, Sequence[int]]
    barred: Mapping[int, Set[int]]
    sits: dict[int, int] = field(default_factory=dict)  # student -> offer
    within: dict[int, set[int]] = field(default_factory=dict)  # offer -> students
    stuck: list[tuple[int, ...]] = field(default_factory=list)  # students too many by one for all they may have

    def seat(self, student: int) -> bool:
        """Breadth first: a student reaches the offers they may have, a full offer the students in it."""
        unseen: dict[int, list[int]] = {}
        came: dict[int, int] = {}  # offer -> the student who would move into it
        queue, queued = [student], {student}
        for one in queue:
            reached: list[int] = []
            for key in self.asks[one]:
                if self._reach(one, key, unseen, came, reached):
                    self._shift(reached[-1], came, student)
                    return True
            for offer in reached:
                fresh = sorted(self.within.get(offer, set()) - queued)
                queued.update(fresh)
                queue.extend(fresh)
        self.stuck.append(tuple(queue))
        self.lists = {key: [offer for offer in offers if offer not in came] for key, offers in self.lists.items()}
        return False

    def _reach(
        self, student: int, key: int, unseen: dict[int, list[int]], came: dict[int, int], reached: list[int]
    ) -> bool:
        """Note every offer not reached before that the student may have; True, and no further, at a free one."""
        kept: list[int] = []
        barred = self.barred[student]
        for offer in unseen.get(key, self.lists[key]):
            if offer in barred:
                kept.append(offer)
            elif offer not in came:
                came[offer] = student
                reached.append(offer)
                if self.left[offer]:
                    return True
        unseen[key] = kept
        return False

    def _shift(self, offer: int, came: dict[int, int], until: int) -> None:
        """Everyone along the chain moves one on; only the last offer loses a free place."""
        self.left[offer] -= 1
        while True:
            student = came[offer]
            before = self.sits.get(student)
            self.sits[student] = offer
            self.within.setdefault(offer, set()).add(student)
            if before is None or student == until:
                return
            self.within[before].discard(student)
            offer = before
