"""The search for a better answer, on a thread of the server: leaving the page does not stop it."""

import threading
from datetime import date, datetime, timedelta

from django.db import connection

from pathbook import clock
from pathbook.allocation.improve import improve
from pathbook.needs.models import Proposal
from pathbook.needs.places.bought import changed_by
from pathbook.needs.places.proposing import Proposed, found_better, given_up
from pathbook.records.queries.slots import school_days

SECONDS = 50.0  # for a better answer; what one more day would change takes what is left of a minute
MORE_SECONDS = 10.0
LEAST_WAIT = 0.3  # a small school's is there before its page is


def start(proposed: Proposed, today: date) -> None:
    """Begin; what an earlier search of the same proposal still finds is not kept."""
    thread = threading.Thread(target=_work, args=(proposed, today), name=_name(proposed.proposal), daemon=True)
    thread.start()
    thread.join(LEAST_WAIT)


def is_running(proposal: Proposal) -> bool:
    return any(thread.name == _name(proposal) for thread in threading.enumerate())


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
    finally:
        connection.close()
