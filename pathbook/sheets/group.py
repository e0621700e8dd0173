"""A tutor group on paper: what each wants, was told, agreed to do, and by when."""

from datetime import date

from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.reports.my_group import my_group
from pathbook.sheets.printing import Sheets
from pathbook.sheets.typeset import pdf


def tutor_group_sheet(viewer: Viewer, school: Institution, *, on: date, form: str = "") -> Sheets:
    """Those this viewer looks after, or of one `form` of them."""
    group = my_group(viewer, school, on=on)
    tutees = [one for one in group.tutees if not form or one.form == form]
    forms = ", ".join(dict.fromkeys(one.form for one in tutees if one.form))
    many = f"{len(tutees)} student{'' if len(tutees) == 1 else 's'}"
    said = {
        "title": f"Tutor group {forms}" if forms else "Tutor group", "school": school.name, "by": viewer.name,
        "lead": f"{many}. Shared items only: no private notes, no support needs.", "tutees": tutees,
    }  # fmt: skip
    return Sheets(pdf("group", said, on=on), tuple(one.key for one in tutees))
