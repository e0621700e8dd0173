"""The rows a record becomes here: as if recorded here, each with the school it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pathbook.exchange.portable.plan import Plan, Said
from pathbook.exchange.portable.reading import Carried
from pathbook.framework import kinds
from pathbook.framework.years import AcademicYear
from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import (
    Action,
    Activity,
    Aspiration,
    GuidanceMeeting,
    Intention,
    Participation,
    Provider,
)

Owner = Action.Owner


@dataclass(frozen=True, slots=True)
class Making:
    """For whom, from which record, and by whom it is brought in."""

    record: Carried
    student: Student
    school: Institution
    by: Viewer
    at: datetime

    @property
    def noted(self) -> dict[str, Any]:
        return {"recorded_by": self.by.name, "recorded_at": self.at}

    def make(self, plan: Plan) -> dict[str, list[int]]:
        """Everything of the plan that is new; the numbers of the rows, to take them back by."""
        fresh: list[int] = []
        parts = [self._part(one, self._activity(one, fresh)) for one in plan.activities]
        Participation.objects.bulk_create(parts)
        meetings = GuidanceMeeting.objects.bulk_create(map(self._meeting, plan.meetings))
        agreed = [(row.pk, one) for row, said in zip(meetings, plan.meetings, strict=True) for one in said["actions"]]
        actions = Action.objects.bulk_create(self._action(one, meeting) for meeting, one in (*agreed, *plan.actions))
        hopes = Aspiration.objects.bulk_create(map(self._aspiration, plan.aspirations))
        means = Intention.objects.bulk_create(map(self._intention, plan.intentions))
        return {
            "activities": fresh, "parts": _pks(parts), "meetings": _pks(meetings), "actions": _pks(actions),
            "aspirations": _pks(hopes), "intentions": _pks(means),
        }  # fmt: skip

    def _activity(self, one: Said, fresh: list[int]) -> Activity:
        """One row for all who bring the same along; a word different, and it is another."""
        on = date.fromisoformat(one["date"])
        said = {
            name: one[name]
            for name in (
                "title",
                "kind",
                "also",
                "provider_type",
                "sector",
                "subject",
                "technical",
                "checklist",
            )
        }
        said["meaningful"] = kinds.is_meaningful(one["kind"], one["also"], one["checklist"])
        said |= {"starts_on": on, "ends_on": on, "hours": Decimal(one["hours"]), "elsewhere": self.record.school,
                 "provider": self._provider(one)}  # fmt: skip
        known = Activity.objects.not_withdrawn().filter(institution=self.school, **said).order_by("pk").first()
        if known:
            return known
        row = Activity.objects.create(
            institution=self.school, academic_year=AcademicYear.of(on).start, **said,
            criteria=list(kinds.suggested_criteria(one["kind"], one["also"])), **self.noted,
        )  # fmt: skip
        fresh.append(row.pk)
        return row

    def _provider(self, one: Said) -> Provider | None:
        """By its name among ours, so that the very same provider twice is known to be the same."""
        if not one["provider"]:
            return None
        kind = one["provider_type"] if one["provider_type"] in Provider.Kind.values else Provider.Kind.EMPLOYER
        return Provider.objects.get_or_create(
            institution=self.school, name=one["provider"], defaults={"kind": kind, "sector": one["sector"]}
        )[0]

    def _part(self, one: Said, activity: Activity) -> Participation:
        return Participation(
            activity=activity, student=self.student, status=Participation.Status.ATTENDED, on=activity.starts_on,
            hours=Decimal(one["hours"]), reflection=one["reflection"], **self.noted,
        )  # fmt: skip

    def _meeting(self, one: Said) -> GuidanceMeeting:
        held, booked = _day(one, "held_on"), _day_or_none(one, "booked_on")
        return GuidanceMeeting(
            institution=self.school, key=new_key(), student=self.student, status=GuidanceMeeting.Status.HELD,
            adviser_name=f"an adviser at {self.record.school}"[:200], adviser_level=one["adviser_level"] or None,
            elsewhere=self.record.school, booked_on=booked, planned_on=held, held_on=held, minutes=one.get("minutes"),
            summary=one["summary"], nothing_agreed=one["nothing_agreed"], **self.noted,
        )  # fmt: skip

    def _action(self, one: Said, meeting: int | None) -> Action:
        """The student's own stay theirs; what somebody at the last school owned is nobody's here to do."""
        own = one["owner"] == Owner.STUDENT
        whose = "" if own else f"{Owner(one['owner']).label}, {self.record.school}"[:120]
        closed = _day_or_none(one, "closed_on")
        return Action(
            key=new_key(), student=self.student, meeting_id=meeting, what=one["what"],
            owner=Owner.STUDENT if own else Owner.OTHER, owner_name=whose, agreed_on=_day(one, "agreed_on"),
            due_on=_day(one, "due_on"), closed_on=closed, outcome=one["outcome"] if closed else "",
            closed_by=self.record.school if closed else "", elsewhere=self.record.school, **self.noted,
        )  # fmt: skip

    def _aspiration(self, one: Said) -> Aspiration:
        said = {name: one[name] for name in ("words", "pathway", "occupation", "soc2020", "sector")}
        return Aspiration(
            student=self.student, said_on=_day(one, "said_on"), certainty=one.get("certainty"),
            elsewhere=self.record.school, **said, **self.noted,
        )  # fmt: skip

    def _intention(self, one: Said) -> Intention:
        return Intention(
            student=self.student, recorded_on=_day(one, "recorded_on"), code=one["code"], elsewhere=self.record.school,
            **self.noted,
        )  # fmt: skip


def _day(one: Said, name: str) -> date:
    return date.fromisoformat(one[name])


def _day_or_none(one: Said, name: str) -> date | None:
    return _day(one, name) if name in one else None


def _pks(rows: Iterable[Any]) -> list[int]:
    return [row.pk for row in rows]
