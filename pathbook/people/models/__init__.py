"""One file a noun; import them from here."""

from pathbook.people.models.account import Account
from pathbook.people.models.enrolment import Enrolment, Registration, Sen
from pathbook.people.models.erasure import Erasure
from pathbook.people.models.group import Group, Membership, TutorGroup
from pathbook.people.models.guardian import Guardian, GuardianLink
from pathbook.people.models.institution import Institution
from pathbook.people.models.joining import JoiningCode
from pathbook.people.models.objection import Objection
from pathbook.people.models.retention import Retention
from pathbook.people.models.role import Place, Role, RoleHeld
from pathbook.people.models.staff import Staff
from pathbook.people.models.student import FormerName, FormerUpn, Student, SubjectStudied

__all__ = [
    "Account",
    "Enrolment",
    "Erasure",
    "FormerName",
    "FormerUpn",
    "Group",
    "Guardian",
    "GuardianLink",
    "Institution",
    "JoiningCode",
    "Membership",
    "Objection",
    "Place",
    "Registration",
    "Retention",
    "Role",
    "RoleHeld",
    "Sen",
    "Staff",
    "Student",
    "SubjectStudied",
    "TutorGroup",
]
