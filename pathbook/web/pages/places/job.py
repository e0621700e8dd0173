"""The search for a better answer, on a thread of the server: leaving the page does not stop it."""

from datetime import date, datetime, timedelta
from functools import partial

from pathbook import clock
from pathbook.allocation.improve import improve
from pathbook.needs.models import Proposal
from pathbook.needs.places.bought import changed_by
from pathbook.needs.places.proposing import Proposed, found_better, given_up
from pathbook.records.queries.slots import school_days
from pathbook.web import jobs

SECONDS = 50.0  # for a better answer; what one more day would change takes what is left of a minute
MORE_SECONDS = 10.0


def start(proposed: Proposed, today: date) -> None:
    """Begin; what an earlier search of the same proposal still finds is not kept."""
    jobs.begin(_name(proposed.proposal), partial(_work, proposed, today), is_kept=False)


def is_running(proposal: Proposal) -> bool:
    return jobs.is_alive(_name(proposal))


def seconds_since(began: datetime, now: datetime) -> int:
    return max(0, min(int((now - began) / timedelta(seconds=1)), int(SECONDS + MORE_SECONDS)))


def _name(proposal: Proposal) -> str:
    return f"places-{proposal.key}-{proposal.run}"


def _work(proposed: Proposed, today: date) -> None:
    try:
        better = improve(proposed.answer.problem, proposed.answer, SECONDS)
        days = school_days(proposed.proposal.institution)
        more = changed_by(better, days, on=today, seconds=MORE_SECONDS)
        found_better(proposal=proposed.proposal, answer=better, more=more, at=clock.now())
    except Exception:
        given_up(proposed.proposal)
        raise
