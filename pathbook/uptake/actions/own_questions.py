"""A school's own questions beside the bank's: added, put otherwise or taken out until the first answer."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from pathbook.people.visibility import Viewer
from pathbook.uptake.actions.surveys import change, plan_of
from pathbook.uptake.bank import Question
from pathbook.uptake.bank.own import MOST, OwnQuestionError, is_own
from pathbook.uptake.models import Survey


@transaction.atomic
def ask(*, survey: Survey, question: Question, instead_of: str = "", by: Viewer, at: datetime, on: date) -> None:
    """At the end, or where the one it replaces stood; the same again is asked once. Raises what `change` raises."""
    survey.refresh_from_db(fields=["questions"])
    others = [one for one in survey.asks if one.code != question.code or one.code == instead_of]
    if sum(map(is_own, others)) >= MOST and not instead_of:
        raise OwnQuestionError(f"{MOST} questions of your own are enough: people stop answering. Take one out first.")
    asks = [question if one.code == instead_of else one for one in others]
    if question not in asks:
        asks.append(question)
    change(survey=survey, plan=replace(plan_of(survey), questions=tuple(asks)), by=by, at=at, on=on)


@transaction.atomic
def take_out(*, survey: Survey, code: str, by: Viewer, at: datetime, on: date) -> None:
    """Raises what `change` raises."""
    survey.refresh_from_db(fields=["questions"])
    rest = tuple(one for one in survey.asks if one.code != code)
    change(survey=survey, plan=replace(plan_of(survey), questions=rest), by=by, at=at, on=on)
