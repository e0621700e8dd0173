"""Where the names of many students stand in what was written of others: before all who are due are erased at once.

Only a whole name, or a number of theirs: a surname alone would list somebody else hundreds of times (docs/decisions/0052).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product

from pathbook.people.models import FormerName, FormerUpn, Institution, Student
from pathbook.privacy.elsewhere import LONG_ENOUGH, Mention, in_order, texts_apart_from, words_of

Words = tuple[str, ...]
OF_SOMEBODY = re.compile(r"['’]s?$")


def mentions_of_many(students: Collection[Student], school: Institution) -> Mapping[int, tuple[Mention, ...]]:
    """By student, of those named anywhere; every text is read once. What was written of one of them goes too, so it is
    not looked through."""
    known, found = _by_first_word(students), defaultdict(list)
    for text in texts_apart_from([one.pk for one in students], school):
        for pk in set(_named_in(words_of(text.words), known)):
            found[pk].append(text.mention(True))
    return {one.pk: in_order(found[one.pk]) for one in students if one.pk in found}


def _plainly(words: list[str]) -> Words:
    """Without the "'s" of whose something is."""
    return tuple(OF_SOMEBODY.sub("", word) for word in words)


def _named_in(words: list[str], known: Mapping[str, list[tuple[Words, int]]]) -> Iterator[int]:
    for at, word in enumerate(words):
        for name, pk in known.get(word, ()):
            if _plainly(words[at : at + len(name)]) == name:
                yield pk


def _by_first_word(students: Collection[Student]) -> Mapping[str, list[tuple[Words, int]]]:
    """Each name and number they have had, in either order of names. Two queries."""
    names, numbers = _former(students)
    found: dict[str, list[tuple[Words, int]]] = defaultdict(list)
    for one in students:
        first = {one.legal_forename, one.preferred_forename, *(a for a, _ in names[one.pk])} - {""}
        last = {one.legal_surname, one.preferred_surname, *(b for _, b in names[one.pk])} - {""}
        whole = {f"{a} {b}" for a, b in product(first, last)} | {f"{b} {a}" for a, b in product(first, last)}
        for said in _as_words(whole | {one.upn, one.uln, *numbers[one.pk]}):
            found[said[0]].append((said, one.pk))
    return found


def _as_words(told: Iterable[str | None]) -> set[Words]:
    return {words for one in told if one and len(one) >= LONG_ENOUGH and (words := _plainly(words_of(one)))}


def _former(
    students: Collection[Student],
) -> tuple[Mapping[int, list[tuple[str, str]]], Mapping[int, list[str]]]:
    names: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, first, last in FormerName.objects.filter(student__in=students).values_list(
        "student", "forename", "surname"
    ):
        names[pk].append((first, last))
    numbers: dict[int, list[str]] = defaultdict(list)
    for pk, upn in FormerUpn.objects.filter(student__in=students).values_list("student", "upn"):
        numbers[pk].append(upn)
    return names, numbers
