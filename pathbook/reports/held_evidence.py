"""What Pathbook itself holds that is evidence for a criterion: what surveys say, what rounds saw, who was trained."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Evidence
from pathbook.reports.survey_evidence import survey_evidence
from pathbook.reports.training import staff_trained
from pathbook.uptake.models import Observation
from pathbook.uptake.ready import SEEN

TRAINING_SHOWS = "GB4.2"  # careers is part of ongoing staff development
Kind = Evidence.Kind


@dataclass(frozen=True, slots=True)
class Held:
    """One thing, with its figure where there is one, and the page it stands on. `survey`: the key of a survey's."""

    kind: str
    words: str
    share: Share | None
    url: str
    survey: str = ""

    @property
    def shows(self) -> str:
        """In one line, as it stands when it is attached."""
        return f"{self.words[:150]}: {self.share}" if self.share else self.words[:200]


def held_for(school: Institution, criterion: str, *, on: date) -> tuple[Held, ...]:
    """Of this academic year by the day; three queries, two more for training."""
    return (*_said(school, criterion, on), *_seen(school, criterion, on), *_trained(school, criterion, on))


def _said(school: Institution, criterion: str, on: date) -> Iterator[Held]:
    for one in survey_evidence(school, on=on):
        if one.criterion == criterion:
            words = f"{one.whose} asked “{one.words.removesuffix('.')}”"
            yield Held(Kind.SURVEY, words, one.agree, f"/surveys/{one.survey_key}/results/", one.survey_key)


def _seen(school: Institution, criterion: str, on: date) -> Iterator[Held]:
    """Of each round, how often it was seen of all that was looked at."""
    year = (AcademicYear.of(on).first_day, on)
    rows = Observation.objects.seen().filter(round__institution=school, seen_on__range=year).select_related("round")
    found: dict[tuple[str, str], list[bool]] = {}
    for row in rows.order_by("-round__drawn_on", "round_id", "pk"):
        for look in row.round.looks:
            if look.criterion == criterion and look.code in row.found:
                words = f"{row.round.get_kind_display()}, {row.round.drawn_on:%-d %b %Y}: {look.words}"
                found.setdefault((row.round.key, words), []).append(row.found[look.code] == SEEN)
    for (key, words), seen in found.items():
        yield Held(Kind.OBSERVATION, words, Share(sum(seen), len(seen)), f"/monitoring/{key}/")


def _trained(school: Institution, criterion: str, on: date) -> Iterator[Held]:
    if criterion == TRAINING_SHOWS:
        trained = staff_trained(school, as_of=on)
        if trained.share.of:
            yield Held(Kind.TRAINING, "Staff who came to a session in 24 months", trained.share, "/training/")
