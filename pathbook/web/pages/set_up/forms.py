"""Inviting someone: who they are, and the role they hold over a place."""

from datetime import date
from typing import Any

from django import forms

from pathbook.framework.years import AcademicYear
from pathbook.people.classes import classes_on
from pathbook.people.models import Group, Institution, Role, TutorGroup
from pathbook.web.fields import day, line

# A student and a parent join with a code of theirs; a trust's leader is of no one school.
ROLES = [(role.value, role.label) for role in Role if role not in (Role.STUDENT, Role.PARENT, Role.TRUST_LEAD)]


class ContactForm(forms.Form):
    """Whom to tell of a disclosure: shown wherever people write about a student."""

    contact = line(
        "Safeguarding contact", called="the contact", at_most=200,
        help_text="Name and where to find them, such as: Mrs Amin, Room 4, extension 210.",
    )  # fmt: skip


class InviteForm(forms.Form):
    """A form tutor needs a tutor group, a head of year a year group, a subject teacher a class; the others the school."""

    name = line("Name", called="the name", at_most=200, missing="Say who it is.")
    email = forms.EmailField(
        label="E-mail address", max_length=254,
        error_messages={
            "required": "Give their e-mail address.",
            "invalid": "Write the address as name@school.example.",
            "max_length": "Shorten the address to 254 characters.",
            "null_characters_not_allowed": "Write the address again: it holds a character that cannot be kept.",
        },
    )  # fmt: skip
    role = forms.ChoiceField(
        label="Role", choices=ROLES,
        error_messages={"required": "Choose their role.", "invalid_choice": "Choose one of the roles listed."},
    )  # fmt: skip
    tutor_group = forms.ModelChoiceField(
        label="Tutor group, for a form tutor", queryset=TutorGroup.objects.none(), required=False,
        error_messages={"invalid_choice": "Choose one of this year's tutor groups."},
    )  # fmt: skip
    year_group = forms.TypedChoiceField(
        label="Year group, for a head of year", coerce=int, empty_value=None, required=False,
        choices=[("", "None"), *[(str(y), f"Year {y}") for y in range(7, 14)]],
        error_messages={"invalid_choice": "Choose one of the year groups listed."},
    )  # fmt: skip

    taught = forms.ModelChoiceField(
        label="Class, for a subject teacher", queryset=Group.objects.none(), required=False, empty_label="None",
        help_text="Classes are made under Set-up, Classes.",
        error_messages={"invalid_choice": "Choose one of this year's classes."},
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label="Careers qualification, for an adviser", coerce=int, empty_value=None, required=False,
        choices=[("", "Choose"), *[(str(n), f"Level {n}") for n in range(3, 9)]],
        help_text="Level 6 or above counts for Benchmark 8.",
        error_messages={"invalid_choice": "Choose one of the levels listed."},
    )  # fmt: skip
    until = day("Last day, if it ends by itself", called="the last day", help_text="Leave it empty if no end is known.")

    def __init__(self, *args: Any, school: Institution, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["taught"].queryset = classes_on(school, on=today).order_by("name", "pk")  # type: ignore[attr-defined]
        groups = TutorGroup.objects.filter(institution=school, academic_year=AcademicYear.of(today).start)
        groups = groups.order_by("year_group", "name")
        self.fields["tutor_group"].queryset = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("role") == Role.FORM_TUTOR and not said.get("tutor_group"):
            self.add_error("tutor_group", "Choose the tutor group they look after.")
        if said.get("role") == Role.HEAD_OF_YEAR and not said.get("year_group"):
            self.add_error("year_group", "Choose the year group they look after.")
        if said.get("role") == Role.SUBJECT_TEACHER and not said.get("taught"):
            self.add_error("taught", "Choose the class they teach.")
        if said.get("role") == Role.ADVISER and not said.get("level"):
            self.add_error("level", "Choose the level of their careers qualification.")
        self._check_the_end(said)
        return said

    def _check_the_end(self, said: dict[str, Any]) -> None:
        """That there is always a careers leader is known only while their role has no end of its own."""
        if said.get("until") and said.get("role") == Role.CAREERS_LEADER:
            self.add_error("until", "A careers leader’s role has no last day: end it once somebody else leads.")
        elif said.get("until") and said["until"] < self.today:
            self.add_error("until", "Choose a last day that is not over.")

    def invitation(self) -> dict[str, Any]:
        """What accounts.invite is told: a place only for the role that has one."""
        said = self.cleaned_data
        role = Role(said["role"])
        return {
            "name": said["name"],
            "email": said["email"],
            "role": role,
            "tutor_group": said["tutor_group"] if role == Role.FORM_TUTOR else None,
            "year_group": said["year_group"] if role == Role.HEAD_OF_YEAR else None,
            "taught": said["taught"] if role == Role.SUBJECT_TEACHER else None,
            "level": said["level"] if role == Role.ADVISER else None,
            "until": said["until"],
        }
