"""What a school must say of its careers programme on its website, as plain HTML to paste."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join

from pathbook.framework import kinds
from pathbook.framework.in_words import day_in_words
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution
from pathbook.records.models import Participation


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask; parts not said are left out. `review` is when the statement is looked at again."""

    name: str
    email: str = ""
    telephone: str = ""
    review: date | None = None


def website_statement(school: Institution, contact: Contact, *, on: date) -> str:
    """The contact, a summary by year group, how it is measured, the next review. Three queries."""
    year = AcademicYear.of(on)
    summary = format_html_join(
        "\n", "<li><b>Year {}:</b> {}</li>", ((group, ", ".join(words)) for group, words in _by_year(school, year))
    )
    return format_html(
        "<h2>Careers programme at {}</h2>\n<p>Careers leader: {}</p>\n"
        "<h3>What students have in {}</h3>\n<ul>\n{}\n</ul>\n<h3>How we measure it</h3>\n<p>{}</p>\n<p>{}</p>\n",
        school.name, contact_line(contact), year.label, summary, MEASURED, review_line(contact, on),
    )  # fmt: skip


MEASURED = (
    "We record for every student what they took part in, what was agreed in guidance and whether it was done, and count "
    "it against the eight Gatsby Benchmarks of Good Career Guidance. Students can read and correct their own record. "
    "We look at the counts each term, and at where our students go next for three years after they leave."
)


def contact_line(contact: Contact) -> str:
    email = format_html(', <a href="mailto:{0}">{0}</a>', contact.email) if contact.email else ""
    return format_html("{}{}{}", contact.name, email, f", {contact.telephone}" if contact.telephone else "")


def review_line(contact: Contact, on: date) -> str:
    review = f" The next review is on {day_in_words(contact.review)}." if contact.review else ""
    return f"This statement was last reviewed on {day_in_words(on)}.{review}"


def _by_year(school: Institution, year: AcademicYear) -> list[tuple[int, list[str]]]:
    """What kinds of thing each year group has this year, the commonest first."""
    groups = dict(
        Enrolment.objects.main().in_year(year.start).filter(institution=school).values_list("student_id", "year_group")
    )
    parts = Participation.objects.filter(
        activity__institution=school, activity__academic_year=year.start, activity__withdrawn_at__isnull=True, activity__elsewhere="",
        status__in=("planned", "attended"),
    )  # fmt: skip
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for student, kind in parts.values_list("student_id", "activity__kind"):
        if student in groups and kind in kinds.KINDS:
            counted[groups[student]][kinds.KINDS[kind].label] += 1
    return [(group, sorted(counted[group], key=lambda label: -counted[group][label])) for group in sorted(counted)]
