"""What Northbridge was asked: student voice each autumn, parents at their evening, staff, and a survey open today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from random import Random

from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import LEADER, moment, new_key
from pathbook.demo.people import Cast
from pathbook.demo.surveys_said import COMMENTS, SCALE_WEIGHTS
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Role, RoleHeld
from pathbook.uptake.actions.answering import Answerer, parts_of
from pathbook.uptake.actions.surveys import as_row, lay_out
from pathbook.uptake.bank import (
    CHOICE,
    DISAGREES,
    MOST_RANKED,
    MULTIPLE,
    RANKING,
    SCALE,
    STUDENTS,
    TEXT,
    Question,
    questions,
    templates,
)  # fmt: skip
from pathbook.uptake.bank.own import own_question
from pathbook.uptake.counting import Said, ticked
from pathbook.uptake.models import Survey, SurveyCode, SurveyComment, SurveyMark, SurveyResponse, SurveyTally
from pathbook.uptake.queries.asked import Asked, asked_of

VOICE = 742 / 1105  # of those asked, each autumn
STAFF, NEXT = 0.79, 0.6
EVENING, CAME_BACK = 180, 96  # codes handed out at a parents' evening, and used


HEAR_OF_EVENTS = own_question(
    kind=CHOICE, words="How do you best hear about careers events?", audience=STUDENTS, criterion="GB1.3",
    options=("In tutor time", "In assembly", "By e-mail", "From a poster", "From friends"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """One survey and how much of it came back. `lift`: how much kinder the answers are than usual."""

    template: str
    opens_on: date
    closes_on: date
    back: float
    lift: float = 0
    year_group: int | None = None
    own: tuple[Question, ...] = ()


def write_surveys(cast: Cast, *, years: Sequence[int], seed: int, today: date) -> None:
    """Of the last two autumns that are over, and of this month."""
    rng, of_their_own = Random(f"surveys {seed}"), Random(f"own questions {seed}")
    doors = RoleHeld.objects.filter(role=Role.STUDENT, institution=cast.school)
    with_doors = set(doors.values_list("student", flat=True))  # whoever can be tried out has not answered yet
    for one in _rounds(years, today):
        survey = _made(rng, one, cast)
        asked = asked_of(survey, on=today)
        back = [who for who in asked if who.student_id not in with_doors]
        _answered(rng, survey, one, rng.sample(back, min(len(back), round(len(asked) * one.back))), today, of_their_own)
        survey.invited = len(asked)
        survey.save()


def _rounds(years: Sequence[int], today: date) -> Iterable[Round]:
    for n, year in enumerate(years[-2:]):
        first, last = date(year, 9, 28), date(year, 10, 16)
        if last < today:
            yield Round("student_voice", first, last, VOICE, lift=0.3 * n, own=(HEAR_OF_EVENTS,) * n)
    year = AcademicYear.of(today).start
    for template, first, last, back in (
        ("parent_feedback", date(year, 11, 2), date(year, 11, 13), 0.0),
        ("staff", date(year, 11, 9), date(year, 11, 20), STAFF),
    ):
        if last < today:
            yield Round(template, first, last, back)
    yield Round("next_step", today - timedelta(days=3), today + timedelta(days=10), NEXT, year_group=11)


def _made(rng: Random, one: Round, cast: Cast) -> Survey:
    ready, known = templates()[one.template], questions()
    asks = (*(known[code] for code in ready.questions), *one.own)
    survey = Survey.objects.create(
        key=new_key(rng), institution=cast.school, template=ready.code, title=ready.title, audience=ready.audience,
        is_named=ready.is_named, questions=[as_row(question) for question in asks], opens_on=one.opens_on,
        closes_on=one.closes_on, year_group=one.year_group, is_released=True, recorded_by=LEADER,
        recorded_at=moment(one.opens_on, 8),
    )  # fmt: skip
    lay_out(survey, lot=lambda: _lot(rng))
    return survey


def _answered(
    rng: Random, survey: Survey, one: Round, back: Sequence[Asked], today: date, of_their_own: Random
) -> None:
    who = [Answerer(person) for person in back]
    codes = _evening(rng, survey) if one.template == "parent_feedback" else []
    who += [Answerer(code=code) for code in codes if code.is_used]
    bank = survey.asks[: len(survey.asks) - len(one.own)]
    said = [
        {
            **_said(rng, bank, who_says.version(survey), one.lift),
            **_said(of_their_own, one.own, who_says.version(survey), 0),
        }
        for who_says in who
    ]
    _count(survey, who, said)
    marked = [answerer.asked for answerer in who if answerer.asked]
    SurveyMark.objects.bulk_create(
        [SurveyMark(id=_lot(rng), survey=survey, student_id=a.student_id, account_id=a.account_id) for a in marked],
        BATCH,
    )
    if survey.is_named:
        _keep(rng, survey, who, said, today)
    else:
        _comment(rng, survey, len(who))


def _said(rng: Random, asks: Iterable[Question], version: str, lift: float) -> Said:
    found: dict[str, str | list[str]] = {}
    for one in asks:
        if not one.asked_of(version) or one.kind == TEXT or rng.random() < 0.03:
            continue
        options = list(one.options)
        if one.kind == SCALE:
            likely = SCALE_WEIGHTS.get(one.code, (22, 34, 20, 16, 8))
            found[one.code] = rng.choices(options, [w * (1 + lift) if n < 2 else w for n, w in enumerate(likely)])[0]
        elif one.kind == MULTIPLE:
            found[one.code] = [code for n, code in enumerate(options) if rng.random() < 0.75 - 0.1 * n] or options[:1]
        elif one.kind == RANKING:
            found[one.code] = rng.sample(options, MOST_RANKED)
        else:
            found[one.code] = rng.choice(options)
    return found


def _count(survey: Survey, who: Sequence[Answerer], said: Sequence[Said]) -> None:
    """As answering does, all at once."""
    tallies = {(row.part, row.value): row for row in SurveyTally.objects.filter(survey=survey)}
    asks = survey.asks
    for answerer, words in zip(who, said, strict=True):
        version = answerer.version(survey)
        more = [(one.code, ticked(one, words.get(one.code, ""))) for one in asks if one.asked_of(version)]
        for part in parts_of(survey, answerer):
            row = tallies[part]
            row.answered += 1
            _add(row.counts, more)
    SurveyTally.objects.bulk_update(list(tallies.values()), ["answered", "counts"])


def _add(counts: Mapping[str, dict[str, int]], more: Iterable[tuple[str, set[str]]]) -> None:
    for code, keys in more:
        for key in keys:
            counts[code][key] += 1


def _keep(rng: Random, survey: Survey, who: Sequence[Answerer], said: Sequence[Said], today: date) -> None:
    SurveyResponse.objects.bulk_create(
        SurveyResponse(
            id=_lot(rng), key=new_key(rng), survey=survey, student_id=answerer.asked.student_id, said=words,
            is_unsure=words["next_step"] in DISAGREES if "next_step" in words else None,
            said_on=today - timedelta(days=rng.randint(0, 3)),
        )
        for answerer, words in zip(who, said, strict=True) if answerer.asked
    )  # fmt: skip


def _comment(rng: Random, survey: Survey, answered: int) -> None:
    """A few write something; some write a name."""
    sentences = COMMENTS.get(survey.template, ())
    code = next(one.code for one in survey.asks if one.kind == TEXT)
    SurveyComment.objects.bulk_create(
        SurveyComment(id=_lot(rng), survey=survey, question=code, words=words)
        for words in rng.sample(sentences, min(answered // 10, len(sentences)))
    )


def _evening(rng: Random, survey: Survey) -> list[SurveyCode]:
    """Handed out at the parents' evening of Year 11."""
    return SurveyCode.objects.bulk_create(
        SurveyCode(
            id=_lot(rng), survey=survey, label="Year 11 parents' evening", is_used=n < CAME_BACK,
            digest=sha256(f"{survey.key} {n}".encode()).hexdigest(),
        )
        for n in range(EVENING)
    )  # fmt: skip


def _lot(rng: Random) -> int:
    return rng.getrandbits(62) + 1
