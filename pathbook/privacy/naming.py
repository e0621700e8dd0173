"""Does a text name a student who is to be forgotten? By every name and number they have had."""

import re
from collections.abc import Iterable, Iterator

from pathbook.people.models import FormerName, FormerUpn, Student

LONG_ENOUGH = 3  # letters; a shorter word is as often no name
LONG_NUMBER = 5


class Forgotten:
    """The names and numbers of some students. A surname or a long number counts anywhere; a first name when it is all."""

    def __init__(self, students: Iterable[Student]) -> None:
        pks = []
        self.alone: set[str] = set()  # counts when the text is nothing else
        anywhere: set[str] = set()
        for one in students:
            pks.append(one.pk)
            anywhere |= {one.legal_surname, one.preferred_surname, one.upn, one.uln}
            self.alone |= {one.legal_forename, one.preferred_forename, one.mis_id, one.middle_names}
            self.alone |= set(_as_written(one))
            anywhere |= {one.mis_id} if len(one.mis_id) >= LONG_NUMBER else set()
        anywhere |= set(FormerUpn.objects.filter(student__in=pks).values_list("upn", flat=True))
        for surname, forename in FormerName.objects.filter(student__in=pks).values_list("surname", "forename"):
            anywhere.add(surname)
            self.alone |= {forename, f"{forename} {surname}"}
        words = sorted(re.escape(word.casefold()) for word in anywhere if len(word) >= LONG_ENOUGH)
        self._anywhere = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") if words else re.compile("(?!)")
        self.alone = {word.casefold() for word in self.alone if word}

    def named_in(self, text: str) -> bool:
        said = text.casefold().strip()
        return said in self.alone or self._anywhere.search(said) is not None


def _as_written(one: Student) -> Iterator[str]:
    for forename, surname in ((one.legal_forename, one.legal_surname), (one.forename, one.surname)):
        yield f"{forename} {surname}"
        yield f"{surname}, {forename}"
        yield f"{surname} {forename}"
