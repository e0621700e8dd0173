"""The first three steps of an empty school, from nothing to a filled heatmap."""

from dataclasses import dataclass

from pathbook.people.models import Enrolment, Institution
from pathbook.records.models import Activity


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps of an empty school."""

    title: str
    text: str
    url: str
    label: str
    done: bool


def first_steps(school: Institution) -> tuple[Step, ...]:
    """From nothing to a filled heatmap, in words."""
    has_roll = Enrolment.objects.filter(institution=school).exists()
    has_programme = Activity.objects.of_our_own().filter(institution=school).exists()
    return (
        Step(
            "Bring in your student list",
            "A spreadsheet or CTF file from any school system. You see what will happen before anything does.",
            "/import/",
            "Bring in the roll",
            has_roll,
        ),
        Step(
            "Log what has happened",
            "One activity for a whole year group takes under a minute: untick whoever was absent.",
            "/activities/log/",
            "Log an activity",
            has_programme,
        ),
        Step(
            "See who is missing what",
            "Every student against every benchmark, most gaps first.",
            "/coverage/",
            "Open the heatmap",
            has_roll and has_programme,
        ),
    )
