"""Answering a survey: once each; under a name, or into counts that nothing leads back from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.keys import new_key
from pathbook.people.models import Role
from pathbook.people.visibility import Viewer
from pathbook.uptake.bank import DISAGREES, PARENTS, SAID_UNSURE, SCALE, STUDENTS, TEXT, version_for
from pathbook.uptake.counting import EVERYONE, FORM, PREMIUM, SEN, YEAR, Counts, Said, added
from pathbook.uptake.models import Survey, SurveyCode, SurveyComment, SurveyMark, SurveyResponse, SurveyTally
from pathbook.uptake.queries.asked import Asked
from pathbook.uptake.queries.nameless import names_known, without_names


class AnsweredError(Exception):
    """They have answered already, or the code is used up; nothing is counted twice."""


class ClosedError(Exception):
    """The survey does not take answers on that day."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers: somebody on the list, or whoever holds a code."""

    asked: Asked | None = None
    code: SurveyCode | None = None

    @property
    def year_group(self) -> int | None:
        return self.asked.year_group if self.asked else self.code.year_group if self.code else None

    def version(self, survey: Survey) -> str:
        """A parent's child has a year group; the parent is asked as an adult."""
        return version_for(self.year_group if survey.audience == STUDENTS else None)


def answer(*, survey: Survey, said: Said, who: Answerer, by: Viewer | None, at: datetime, on: date) -> None:
    """`by` is None for a code. Raises AnsweredError or ClosedError, and then nothing has happened."""
    # Names are looked up before the turn to write is taken: a class that sends at once would wait for each other.
    words = [] if survey.is_named else _nameless(survey, said)
    _send(survey, said, words, who, by, at, on)


@transaction.atomic
def _send(
    survey: Survey, said: Said, words: list[SurveyComment], who: Answerer, by: Viewer | None, at: datetime, on: date
) -> None:
    if not Survey.objects.open_on(on).filter(pk=survey.pk).exists():
        raise ClosedError("This survey is closed, so your answer was not sent.")
    _mark(survey, who)
    if survey.is_named:
        _keep(survey, said, who, by, at, on)
    SurveyComment.objects.bulk_create(words)
    _count(survey, said, who)


def _mark(survey: Survey, who: Answerer) -> None:
    """Of two at once, one answers."""
    if who.asked:
        _mark_asked(survey, who.asked)
    if who.code and not SurveyCode.objects.filter(pk=who.code.pk, is_used=False).update(is_used=True):
        raise AnsweredError("This code has been used. Thank you.")


def _mark_asked(survey: Survey, who: Asked) -> None:
    try:
        with transaction.atomic():
            SurveyMark.objects.create(survey=survey, student_id=who.student_id, account_id=who.account_id)
    except IntegrityError:
        raise AnsweredError("You have answered this already. Thank you.") from None


def _keep(survey: Survey, said: Said, who: Answerer, by: Viewer | None, at: datetime, on: date) -> None:
    student = who.asked.student_id if who.asked else None
    row = SurveyResponse.objects.create(
        key=new_key(), survey=survey, student_id=student, account_id=who.asked.account_id if who.asked else None,
        code=who.code, said=dict(said), is_unsure=_unsure(survey, said), said_on=on,
    )  # fmt: skip
    who_did = by or record.Someone(None, "a printed code", Role.STUDENT if student else "")
    record.changes(by=who_did, at=at, of=[record.Change(Verb.CREATED, "survey response", row.pk, student)])


def _unsure(survey: Survey, said: Said) -> bool | None:
    """Whether they know what comes next, where a scale asked it and they said."""
    asked = [one.code for one in survey.asks if one.need == SAID_UNSURE and one.kind == SCALE and said.get(one.code)]
    return any(said[code] in DISAGREES for code in asked) if asked else None


def _nameless(survey: Survey, said: Said) -> list[SurveyComment]:
    """Names are taken out before it is kept: once a student is erased, nobody knows theirs any more."""
    words = [(one.code, said.get(one.code)) for one in survey.asks if one.kind == TEXT]
    known = names_known(survey.institution_id) if any(text for _, text in words) else frozenset()
    return [
        SurveyComment(survey=survey, question=code, words=without_names(text, known))
        for code, text in words
        if isinstance(text, str) and text
    ]


def _count(survey: Survey, said: Said, who: Answerer) -> None:
    """One statement reads what is to be counted; two to five rows are written back, each by itself: Django takes longer
    to make one statement of them, and whoever answers next is waiting for this turn."""
    mine = set(parts_of(survey, who))
    parts, values = zip(*mine, strict=True)
    rows = SurveyTally.objects.select_for_update().filter(survey=survey, part__in=parts, value__in=values)
    questions, version = survey.asks, who.version(survey)
    for row in [row for row in rows if (row.part, row.value) in mine]:
        counts: Counts = row.counts
        row.counts, row.answered = added(counts, questions, said, version), row.answered + 1
        row.save(update_fields=["counts", "answered"])


def parts_of(survey: Survey, who: Answerer) -> Iterable[tuple[str, str]]:
    """The parts of the school this answer counts for, one thing at a time; a tutor group only under names."""
    yield EVERYONE, ""
    if survey.audience in (STUDENTS, PARENTS) and who.year_group:
        yield YEAR, str(who.year_group)
    if who.asked and who.asked.has_sen is not None and who.asked.has_premium is not None:
        yield SEN, "yes" if who.asked.has_sen else "no"
        yield PREMIUM, "yes" if who.asked.has_premium else "no"
    if survey.is_named and who.asked and who.asked.student_id:
        yield FORM, who.asked.form
