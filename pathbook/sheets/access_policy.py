"""The policy statement on provider access a school must publish, drafted from what it planned, as plain HTML to paste.

What the law asks it to say: how a provider asks, on what grounds access is given or refused, which rooms and means are
there; and the opportunities in the year (Education Act 1997, section 42B).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pathbook.framework.in_words import day_in_words
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Activity, Participation
from pathbook.sheets.statement import Contact, contact_line, review_line

ASK = "A provider who wishes to speak to our students should write to the careers leader, at least six weeks before."
GROUNDS = (
    "We give access to every provider of approved technical education qualifications or apprenticeships who can say what "
    "they offer, what careers it may lead to and what learning or training there is like, and who answers students' "
    "questions. We may ask for another date when a visit would fall on exams, or when students have met the same provider "
    "before; we refuse a visit only for a safeguarding reason, and say so in writing."
)
ROOMS = "The hall, classrooms and what a visit needs to show slides are made ready. Leaflets may be left for students."
DUTY = (
    "Every student in Years 8 to 13 has the opportunity to meet providers of technical education and apprenticeships: at "
    "least two encounters in Years 8 and 9 and two in Years 10 and 11, which all attend, and two in Years 12 and 13."
)


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom to ask, and the school's own words where the draft's do not fit."""

    contact: Contact
    ask: str = ASK
    grounds: str = GROUNDS
    rooms: str = ROOMS


def access_policy(school: Institution, policy: Policy, *, on: date) -> str:
    """The draft. Two queries."""
    year = AcademicYear.of(on)
    parts = (
        ("Asking to speak to our students", policy.ask), ("When we give access", policy.grounds),
        ("Rooms and means", policy.rooms),
    )  # fmt: skip
    return format_html(
        "<h2>Provider access at {}</h2>\n<p>{}</p>\n<p>Careers leader: {}</p>\n{}\n"
        "<h3>Opportunities in {}</h3>\n{}\n<p>{}</p>\n",
        school.name, DUTY, contact_line(policy.contact),
        format_html_join("\n", "<h3>{}</h3>\n<p>{}</p>", parts), year.label, _opportunities(school, year),
        review_line(policy.contact, on),
    )  # fmt: skip


def _opportunities(school: Institution, year: AcademicYear) -> SafeString:
    """What is held or planned this year with providers of technical routes, and for which year groups."""
    rows = Activity.objects.not_withdrawn().of_our_own().filter(
        institution=school, academic_year=year.start, technical=True, kind="provider_encounter"
    )  # fmt: skip
    enrolled = Participation.objects.filter(
        activity__in=rows, student__enrolments__academic_year=year.start, student__enrolments__registration="main"
    )
    groups: dict[int, set[int]] = {}
    for activity, group in enrolled.values_list("activity_id", "student__enrolments__year_group").distinct():
        groups.setdefault(activity, set()).add(group)
    lines = [
        (
            day_in_words(one.starts_on),
            one.title,
            f", {one.provider}" if one.provider else "",
            _whom(groups.get(one.pk, set())),
        )
        for one in rows.select_related("provider").order_by("starts_on", "pk")
    ]
    if not lines:
        return format_html("<p>{}</p>", "The dates of this year are agreed with providers as they ask.")
    return format_html("<ul>\n{}\n</ul>", format_html_join("\n", "<li>{}: {}{}{}</li>", lines))


def _whom(groups: set[int]) -> str:
    return f" ({', '.join(f'Year {group}' for group in sorted(groups))})" if groups else ""
