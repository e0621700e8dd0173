"""What was judged of each student, remembered until something is written about them.

Most pages show students nobody has written about since the last page. The audit says who was written about (one
query); only they are read and judged again. It rests on events being numbered in the order they are committed, which
SQLite's one writer at a time makes sure of.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from pathbook.audit.models import Event, Verb
from pathbook.audit.record import CHANGES_FIGURES
from pathbook.framework.facts import StudentFacts
from pathbook.framework.judge import Judged, judge_facts
from pathbook.people.audience import audience_of
from pathbook.people.models import Institution
from pathbook.records.facts import OnRoll, student_facts

MOST = 2_000  # events read to see who was written about; after more, everyone is judged again
DAYS_KEPT = 3  # days (with a school and a set) asked about lately: today, and one or two looked back at


@dataclass(frozen=True, slots=True)
class Seen:
    """One student judged, with the last meeting held and the latest pathway said."""

    judged: Judged
    last_met: date | None
    pathway: str


@dataclass(slots=True)
class _Memory:
    upto: int = 0
    seen: dict[OnRoll, Seen] = field(default_factory=dict)


_memories: OrderedDict[tuple[int, str, str, date], _Memory] = OrderedDict()
_lock = Lock()


def seen(roll: Iterable[OnRoll], *, school: Institution, set_id: str, as_of: date) -> dict[int, Seen]:
    """By pk, everyone of the roll judged. One query when nothing was written about them, six otherwise."""
    asked = list(roll)
    with _lock:
        memory = _memory_of(school.pk, school.kind, set_id, as_of)
        _catch_up(memory)
        upto = memory.upto
        known = {one: memory.seen[one] for one in asked if one in memory.seen}
    missing = [one for one in asked if one not in known]
    if missing:
        known |= _judge(missing, school, set_id, as_of)
        with _lock:
            if memory.upto == upto:  # else somebody wrote meanwhile, perhaps about these
                memory.seen |= known
    return {one.pk: known[one] for one in asked}


def forget() -> None:
    """Drop what is remembered: after a restore, whose events may have the same ids as those it replaced."""
    _memories.clear()


def _memory_of(school: int, kind: str, set_id: str, as_of: date) -> _Memory:
    memory = _memories.pop((school, kind, set_id, as_of), None) or _Memory()
    _memories[school, kind, set_id, as_of] = memory
    while len(_memories) > DAYS_KEPT:
        _memories.popitem(last=False)
    return memory


def _catch_up(memory: _Memory) -> None:
    """Forget whoever was written about since; everyone, when what was written is nobody's own (a checklist, a kind).

    Something new that is nobody's yet (an activity just created) changes no figure until somebody takes part.
    """
    rows = Event.objects.filter(pk__gt=memory.upto, verb__in=CHANGES_FIGURES).order_by("pk")
    if not memory.seen:
        memory.upto = rows.order_by("-pk").values_list("pk", flat=True).first() or memory.upto
        return
    written = list(rows.values_list("pk", "student_id", "verb")[:MOST])
    if not written:
        return
    touched = {student for _, student, _ in written}
    everyone = any(student is None and verb != Verb.CREATED for _, student, verb in written)
    if everyone or len(written) == MOST:
        memory.seen = {}
        memory.upto = rows.order_by("-pk").values_list("pk", flat=True).first() or memory.upto
        return
    memory.seen = {one: said for one, said in memory.seen.items() if one.pk not in touched}
    memory.upto = written[-1][0]


def _judge(roll: list[OnRoll], school: Institution, set_id: str, as_of: date) -> dict[OnRoll, Seen]:
    facts = student_facts(roll, as_of=as_of, school=school)
    judged = judge_facts(facts, set_id, as_of, audience_of(school.kind))
    return {one: _seen(*both) for one, both in zip(roll, zip(facts, judged, strict=True), strict=True)}


def _seen(facts: StudentFacts, judged: Judged) -> Seen:
    met = max((meeting.held_on for meeting in facts.met if meeting.held_on), default=None)
    return Seen(judged, met, facts.aspirations[-1].pathway if facts.aspirations else "")
