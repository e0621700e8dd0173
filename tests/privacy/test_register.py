"""Every field of every model is in the register or said to be about nobody; the register names no field that is gone."""

from collections import Counter

from django.apps import apps

from pathbook.people import access
from pathbook.privacy.data import rows
from pathbook.privacy.register import not_personal, register
from tests.web.test_every_role import WORDS

FIELDS = {
    f"{model._meta.label}.{field.name}"
    for model in apps.get_models(include_auto_created=True)
    for field in model._meta.fields
}
KIND_OF = {field: kind for kind in register() for field in kind.fields}


def told(fields):
    """What is wrong with a register over these fields: not said, said twice or gone."""
    said = Counter([*(name for kind in register() for name in kind.fields), *not_personal()])
    return set(fields) ^ set(said), [name for name, times in said.items() if times > 1]


def test_every_field_is_classified_once_and_none_is_gone():
    assert told(FIELDS) == (set(), [])


def test_a_new_field_and_a_gone_one_are_caught():
    assert told(FIELDS | {"people.Student.shoe_size"})[0] == {"people.Student.shoe_size"}
    assert told(FIELDS - {"people.Student.upn"})[0] == {"people.Student.upn"}


def test_no_field_is_said_twice_to_be_about_nobody():
    said = Counter(f"{row['model']}.{name}" for row in rows("not_personal.csv") for name in row["fields"].split())
    assert max(said.values()) == 1 and all(not_personal().values())


def test_every_kind_says_why_how_long_and_who_sees_it():
    parts = {*access.STUDENT_PARTS, *access.SCHOOL_PARTS}
    for kind in register():
        assert kind.purpose and kind.holds and kind.kept and kind.fields, kind.id
        assert set(kind.parts) <= parts and bool(kind.seen_by) == bool(kind.parts), kind.id


def test_words_of_a_record_are_seen_by_the_parts_the_page_tests_hold():
    """The same field, asked of the test that looks at every page as every role."""
    for field, parts in WORDS.items():
        seen = set(KIND_OF[field].parts)
        assert KIND_OF[field].id == "private_note" or seen & set(parts), field


def test_special_data_are_marked():
    for field in ("people.Enrolment.ethnicity", "people.Enrolment.sen", "exchange.ImportRun.undo"):
        assert KIND_OF[field].special.startswith("Yes"), field
