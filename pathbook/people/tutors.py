"""Whose form it is."""

from datetime import date

from django.db.models import OuterRef, Subquery

from pathbook.people.models import Role, RoleHeld


def tutor_on(on: date) -> Subquery:
    """The form tutor's name, as a column of enrolments: of two who share a form the one who was named first."""
    held = RoleHeld.objects.held_on(on).filter(role=Role.FORM_TUTOR, tutor_group=OuterRef("tutor_group"))
    return Subquery(held.order_by("pk").values("account__name")[:1])
