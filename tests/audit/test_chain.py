"""The audit tells on whoever touched it: every edit, gap, stranger and swap by itself, a cut or a rewriting by a noted head."""

import sqlite3
from datetime import timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction

from pathbook.audit import chain, heads, record
from pathbook.audit.chain import Head
from pathbook.audit.heads import Noted
from pathbook.audit.models import Event, Verb
from pathbook.people.models import Account, Role
from tests import make

pytestmark = pytest.mark.django_db
EVENTS, ATTACKS = 150, 1000
ADA = record.Someone(7, "Ada Leader", "careers_leader")


@pytest.fixture
def audited():
    """An audit such as a school's: readings and changes by several people, the details of some unlike ASCII."""
    rng, told = Random(11), []
    for n in range(EVENTS):
        change = record.Change(rng.choice(list(Verb)), rng.choice(("student", "meeting")), n, rng.randrange(1, 40),
                               {"after": {"status": rng.choice(("held", "Zoë", "“quoted”")), "n": n}})  # fmt: skip
        told.append((ADA, make.NOW + timedelta(minutes=n), change))
    with transaction.atomic():
        record.happened(told)
    return Noted(make.NOW, chain.head())


@pytest.fixture
def unguarded(audited):
    """As someone with the database file in hand: the guards dropped. They come back with the test's own rollback."""
    with connection.cursor() as cursor:
        for name in chain.TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
    return audited


def test_an_audit_nobody_touched_is_whole(audited):
    assert chain.broken() is None and not chain.unguarded()
    assert heads.against([audited]) == []


def test_an_empty_audit_is_whole_and_its_head_says_so():
    assert chain.broken() is None and chain.head() == chain.NOTHING_YET
    assert heads.noted(str(Noted(make.NOW, chain.head()))) == (Noted(make.NOW, chain.NOTHING_YET),)
    assert heads.against(heads.noted("# none yet\n\n2026-02-05T10:00:00+00:00 0 -\n")) == []


def test_the_next_event_is_sealed_to_the_last_whoever_writes_it(audited):
    with transaction.atomic():
        record.changes(by=ADA, at=make.NOW, of=[record.Change(Verb.READ, "student", 1, 1)])
    record.reading(by=ADA, at=make.NOW, student_id=2)
    record.copied(by=ADA, at=make.NOW, students=[3, 4])
    assert chain.head().number == audited.head.number + 4 and chain.broken() is None


def test_a_change_that_is_taken_back_takes_its_event_with_it(audited):
    with pytest.raises(RuntimeError), transaction.atomic():
        record.changes(by=ADA, at=make.NOW, of=[record.Change(Verb.READ, "student", 1, 1)])
        raise RuntimeError
    assert chain.head() == audited.head and chain.broken() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor_name = 'Somebody else' WHERE id = {n}",
        "UPDATE audit_event SET digest = ''",
        "DELETE FROM audit_event WHERE id = {n}",
        "DELETE FROM audit_event",
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE id = {n}",
        "INSERT INTO audit_event (at, actor_name, actor_role, verb, noun, detail, digest)"
        " VALUES ('2026-02-05 10:00:00', 'x', '', 'read', 'student', '{{}}', '')",
    ],
)
def test_the_database_itself_refuses(audited, statement):
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute(statement.format(n=audited.head.number - 5))
    assert chain.broken() is None and chain.head() == audited.head


def test_django_is_refused_too(audited):
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(pk=audited.head.number).update(noun="nothing")
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.create(at=make.NOW, actor_name="unsealed", verb=Verb.READ, noun="student")


def test_guards_that_are_gone_are_missed(unguarded):
    assert chain.unguarded()


# -- a thousand ways to tamper


def edit(rows, rng):
    at = rng.randrange(len(rows))
    column = rng.randrange(1, len(chain.COLUMNS) + 1)
    row = list(rows[at])
    was = row[column]
    more = was.replace("{", '{"x": 0, ', 1) if str(was).startswith("{") else f"{was}x"
    row[column] = more if isinstance(was, str) else (was or 0) + 1
    rows[at] = tuple(row)


def delete(rows, rng):
    del rows[rng.randrange(len(rows) - 1)]  # the last is a cut


def insert(rows, rng):
    """A stranger among them, sealed as well as can be: to the event before it."""
    at = rng.randrange(1, len(rows))
    before, after = rows[at - 1], rows[at]
    made = (after[0], *rows[rng.randrange(len(rows))][1:-1])
    later = [(row[0] + 1, *row[1:]) for row in rows[at:]]
    rows[at:] = [(*made, chain.seal(before[-1], made)), *later]


def swap(rows, rng):
    a, b = rng.sample(range(len(rows)), 2)
    one, other = rows[a], rows[b]
    rows[a], rows[b] = (one[0], *other[1:]), (other[0], *one[1:])


def cut(rows, rng):
    del rows[-rng.randrange(1, len(rows) + 1) :]


def rewrite(rows, rng):
    """One thing changed, and every seal from there made anew: the chain by itself is whole again."""
    edit(rows, rng)
    before = ""
    for n, row in enumerate(rows):
        before = chain.seal(before, row[:-1])
        rows[n] = (*row[:-1], before)


def put(rows):
    marks = ", ".join(["%s"] * (len(chain.COLUMNS) + 1))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event")
        cursor.executemany(f"INSERT INTO audit_event ({', '.join(chain.COLUMNS)}, digest) VALUES ({marks})", rows)


BY_ITSELF, BY_A_NOTED_HEAD = (edit, delete, insert, swap), (cut, rewrite)


def test_a_thousand_tamperings_are_all_found(unguarded):
    rng, whole, missed = Random(2026), list(chain._stored()), []
    for n in range(ATTACKS):
        attack = (*BY_ITSELF, *BY_A_NOTED_HEAD)[n % 6]
        rows = list(whole)
        attack(rows, rng)
        put(rows)
        found = chain.broken() is not None or bool(heads.against([unguarded]))
        if attack in BY_ITSELF:
            found = chain.broken() is not None
        else:
            assert chain.broken() is None or attack is cut, "a rewriting is hidden from the chain, or the test is easy"
        missed += [] if found or rows == whole else [(attack.__name__, n)]
    assert missed == []
    put(whole)
    assert chain.broken() is None and heads.against([unguarded]) == []


def test_what_is_found_is_said_with_its_number_and_day(unguarded):
    rows = list(chain._stored())
    put(rows[:-3])
    assert heads.against([unguarded]) == [
        f"the audit had {unguarded.head.number} events on 5 Feb 2026 and ends at {unguarded.head.number - 3} now:"
        " the last have been cut off"
    ]
    rows[9] = (*rows[9][:3], "Another", *rows[9][4:])
    put(rows)
    assert chain.broken() == rows[9][0]


def test_a_line_that_is_no_head_is_refused():
    for line in ("nonsense", "2026-02-05 1", "yesterday 3 abc", "2026-02-05T10:00:00+00:00 three abc"):
        with pytest.raises(heads.NotAHeadError):
            heads.noted(line)


def test_a_head_goes_to_a_file_line_by_line(audited, tmp_path):
    for day in range(3):
        heads.note_in(tmp_path / "heads.txt", at=make.NOW + timedelta(days=day))
    known = heads.noted((tmp_path / "heads.txt").read_text())
    assert [one.head for one in known] == [audited.head] * 3 and heads.against(known) == []
    forged = Noted(make.NOW, Head(audited.head.number, "0" * 64))
    assert "rewritten" in heads.against([forged])[0]


# -- no names


def test_an_event_never_names_a_student_or_their_family():
    for role in (Role.STUDENT, Role.PARENT):
        family = record.Someone(9, "Amara Ode", role)
        record.reading(by=family, at=make.NOW, student_id=1)
    assert set(Event.objects.values_list("verb", flat=True)) == {"read_own", "read"}, "a student's is their own"
    assert "Ode" not in str(list(Event.objects.values_list()))
    assert set(Event.objects.values_list("actor_name", flat=True)) == {"the student", "a parent or carer"}


def test_the_roles_left_nameless_are_those_of_the_family():
    assert set(record.NAMELESS) == {Role.STUDENT, Role.PARENT, ""}, "without a role: it may be a student who left"


@pytest.mark.django_db(transaction=True)
def test_events_of_an_older_database_are_sealed_as_they_stand(tmp_path):
    """The migration run on rows that were written before there were seals."""
    from django.core.management import call_command

    Account.objects.create(name="Ada", email="ada@school.example")
    call_command("migrate", "audit", "0001", verbosity=0)
    raw = sqlite3.connect(connection.settings_dict["NAME"])
    with raw:
        raw.executemany(
            "INSERT INTO audit_event (at, actor_name, actor_role, verb, noun, detail) VALUES (?, 'Zoë', '', 'read', 'student', ?)",
            [(f"2026-01-{day:02} 09:00:00.123456", '{"a": 1}') for day in range(1, 29)],
        )
    raw.close()
    call_command("migrate", "audit", verbosity=0)
    assert Event.objects.count() == 28 and chain.broken() is None and not chain.unguarded()
