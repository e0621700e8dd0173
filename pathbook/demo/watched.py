"""What was looked at in Northbridge's books and lessons, what followed, and which training staff came to."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.db.models import QuerySet
from PIL import Image, ImageDraw

from pathbook.demo.happenings import LEADER, moment, new_key
from pathbook.demo.people import Cast
from pathbook.demo.term import school_day
from pathbook.framework.sampling import draw
from pathbook.people.models import Staff
from pathbook.uptake.models import (
    FollowUp,
    MonitoringRound,
    Observation,
    ObservationPhoto,
    TrainingAttendance,
    TrainingSession,
)
from pathbook.uptake.models.observation import as_rows
from pathbook.uptake.queries.to_look_at import places
from pathbook.uptake.ready import BOOKS, NOT_SEEN, PARTLY, SEEN, TALK, WALK, WALKTHROUGH, looks_for

# kind, month, day, how many, how likely something is seen; a year of it, and the year before a little less
ROUNDS = ((BOOKS, 11, 5, 12, 0.55), (WALKTHROUGH, 10, 13, 8, 0.45))
BEFORE = ((BOOKS, 3, 10, 12, 0.35), (WALKTHROUGH, 5, 12, 8, 0.3))
# Of rooms and of students: drawn by chances of their own, so that what was seen before stays as it was.
WALKS = ((WALK, 1, 14, 10, 0.5), (TALK, 1, 28, 8, 0.6))
WALKS_BEFORE = ((WALK, 1, 15, 10, 0.35), (TALK, 6, 10, 8, 0.4))
FOLLOW_UPS = (
    ("Put one job into each unit of work in the scheme", 21, True),
    ("Show a colleague the lesson on estimating a job", 60, False),
    ("Ask an employer to set the next design brief", 10, False),
)
SESSIONS = (  # title, topic, month, day, share of staff who came
    ("September training day: careers in every subject", "every_subject", 9, 2, 0.7),
    ("Tutors: what your tutees said, and where", "tutees_records", 9, 16, 0.75),
    ("Writing up guidance", "writing_up", 10, 7, 1.0),
)
WORDS = {
    SEEN: "A page on who uses this at work, in the student's own words.",
    PARTLY: "The job is named, and nothing more is said of it.",
    NOT_SEEN: "No link this half-term.",
}
WALKED = {
    SEEN: "A poster names local employers, and the lesson came back to it.",
    PARTLY: "A poster, and nobody spoke of it.",
    NOT_SEEN: "Nothing on the wall, nothing said.",
}
TOLD = {
    SEEN: "Named a next step and who helps with it.",
    PARTLY: "Has an idea, and does not know whom to ask.",
    NOT_SEEN: "Has not thought about it yet.",
}
SAID = {BOOKS: ("link", WORDS), WALKTHROUGH: ("link", WORDS), WALK: ("link", WALKED), TALK: ("next_step", TOLD)}


def write_watched(cast: Cast, *, years: Sequence[int], seed: int, today: date) -> None:
    rng, walks = Random(f"watched {seed}"), Random(f"walked {seed}")
    staff = list(Staff.objects.filter(institution=cast.school).order_by("pk"))
    for year in years[-2:]:
        is_now = year == years[-1]
        for of, chances in ((ROUNDS if is_now else BEFORE, rng), (WALKS if is_now else WALKS_BEFORE, walks)):
            for kind, month, day, many, likely in of:
                on = school_day(date(year + (month < 9), month, day), not_before=date(year, 9, 1))
                if on <= today:
                    _round(chances, cast, kind, many, likely, on, today, staff)
        _sessions(rng, cast, year, staff, today)


def _round(
    rng: Random, cast: Cast, kind: str, many: int, likely: float, on: date, today: date, staff: list[Staff]
) -> None:
    looks, (first, words) = looks_for(kind), SAID[kind]
    made = MonitoringRound.objects.create(
        key=new_key(rng), institution=cast.school, kind=kind, looks_for=as_rows(looks), how_many=many,
        seed=rng.randrange(1_000_000), drawn_on=on, recorded_by=LEADER, recorded_at=moment(on, 9),
    )  # fmt: skip
    known = places(cast.school, kind, (), on=on)
    drawn = draw((one.candidate for one in known.values()), many, seed=made.seed)
    rows = []
    for number, one in enumerate(drawn, start=1):
        place, weights = known[one.candidate.id], (likely, (1 - likely) / 2, (1 - likely) / 2)
        found = {look.code: rng.choices((SEEN, PARTLY, NOT_SEEN), weights)[0] for look in looks}
        rows.append(Observation(
            key=new_key(rng), round=made, number=number, student_id=place.student, year_group=place.year_group,
            form=place.form, subject=one.choice, found=found, words=words[found[first]], seen_on=on, seen_by=LEADER,
        ))  # fmt: skip
    Observation.objects.bulk_create(rows)
    if kind == BOOKS and rows:
        _photograph(rng, rows[0], on)
        _follow(rng, made, on, today, staff)


def _photograph(rng: Random, of: Observation, on: date) -> None:
    """A page with lines and no name, drawn: nobody at Northbridge was ever photographed."""
    page = Image.new("RGB", (480, 640), "white")
    pen = ImageDraw.Draw(page)
    for y in range(60, 620, 28):
        pen.line((40, y, 40 + rng.randrange(260, 400), y), fill=(70, 70, 90), width=3)
    made = io.BytesIO()
    page.save(made, "JPEG", quality=60)
    ObservationPhoto.objects.create(
        key=new_key(rng), observation=of, image=made.getvalue(), recorded_by=LEADER, recorded_at=moment(on, 10)
    )


def _follow(rng: Random, of: MonitoringRound, on: date, today: date, staff: list[Staff]) -> None:
    for what, days, is_done in FOLLOW_UPS:
        owner, due = rng.choice(staff), on + timedelta(days=days)
        done = due - timedelta(days=2)
        is_over = (is_done or on < today - timedelta(days=120)) and done <= today
        FollowUp.objects.create(
            key=new_key(rng), round=of, what=what, criterion="GB4.1", owner=owner, owner_name=owner.name, due_on=due,
            reminded_on=due + timedelta(days=3) if not is_over and due + timedelta(days=3) <= today else None,
            done_on=done if is_over else None, done_by=LEADER if is_over else "", token=new_key(rng), recorded_by=LEADER,
            recorded_at=moment(on, 15),
        )  # fmt: skip


def _sessions(rng: Random, cast: Cast, year: int, staff: list[Staff], today: date) -> None:
    for title, topic, month, day, share in SESSIONS:
        on = school_day(date(year, month, day), not_before=date(year, 9, 1))
        if on > today:
            continue
        held = TrainingSession.objects.create(
            key=new_key(rng), institution=cast.school, title=title, topic=topic, held_on=on, token=new_key(rng),
            recorded_by=LEADER, recorded_at=moment(on, 16),
        )  # fmt: skip
        who = (
            staff if topic == "every_subject" else list(_tutors(cast)) if topic == "tutees_records" else _advisers(cast)
        )
        came = [one for one in who if rng.random() < share]
        TrainingAttendance.objects.bulk_create(TrainingAttendance(session=held, staff=one) for one in came)


def _tutors(cast: Cast) -> QuerySet[Staff]:
    accounts = [account.pk for account in cast.tutors.values()]
    return Staff.objects.filter(institution=cast.school, account__in=accounts).order_by("pk")


def _advisers(cast: Cast) -> list[Staff]:
    return list(cast.advisers)
