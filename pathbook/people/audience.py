"""Which of a set's criteria ask a school of this kind: special schools and alternative provision are asked what schools are."""

from pathbook.people.models import Institution

AUDIENCES = {Institution.Kind.COLLEGE: "college", Institution.Kind.TRAINING: "itp"}


def audience_of(kind: str) -> str:
    return AUDIENCES.get(Institution.Kind(kind), "school")
