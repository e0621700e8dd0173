"""What a survey found: shares by question, by year group, SEN and pupil premium, against last time; never a small group.

An anonymous survey shows nothing while it is open: whoever saw the figures before and after one more answer would know it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pathbook.framework.disclosure import Row, people_of, withheld
from pathbook.framework.shares import SMALL, Share, hide_small, hide_small_share, small_rows
from pathbook.uptake.bank import AGREES, DISAGREES, MULTIPLE, RANKING, SCALE, TEXT, Question, version_for
from pathbook.uptake.counting import ASKED, EVERYONE, FIRST, FORM, NOT_SAID, PREMIUM, SEN, YEAR, Counts
from pathbook.uptake.models import Survey, SurveyComment, SurveyResponse, SurveyTally
from pathbook.uptake.models.survey import CLOSED
from pathbook.uptake.queries.asked import Asked, asked_of
from pathbook.uptake.queries.nameless import names_known, without_names

WAYS = {YEAR: "Year group", SEN: "Special educational needs", PREMIUM: "Pupil premium", FORM: "Tutor group"}
CROSSED = (YEAR, SEN, PREMIUM)  # laid against each other; the last gives way first
YES_NO = {SEN: {"yes": "SEN support or EHC plan", "no": "No SEN"}, PREMIUM: {"yes": "Pupil premium", "no": "Others"}}


@dataclass(frozen=True, slots=True)
class Line:
    """One answer, or one group (`value`), and its share; None where it would point at a few."""

    label: str
    share: Share | None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of looking at a question. `withheld`: not shown at all, because it would give a small group away."""

    part: str
    label: str
    lines: tuple[Line, ...]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One question: its lines, the share who agree (of a scale), the same last time, and each way of looking."""

    question: Question
    words: str
    lines: tuple[Line, ...]
    agree: Share | None = None
    before: Share | None = None
    ways: tuple[Way, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def is_scale(self) -> bool:
        return self.question.kind == SCALE


@dataclass(frozen=True, slots=True)
class Results:
    """`answered`: out of those asked; None where nobody is listed. `waits`: why nothing is shown yet."""

    survey: Survey
    answered: Share | None
    how_many: int
    answers: tuple[Answer, ...]
    waits: str
    last: Survey | None

    @property
    def finding(self) -> str:
        """The statement fewest agree with, as a title."""
        said = [(one.agree.percent, n, one) for n, one in enumerate(self.answers) if one.agree and one.agree.out_of]
        if not said:
            return ""
        percent, _, least = min(said, key=lambda one: (one[0] or 0, one[1]))
        return f"{percent}% agree: “{least.words.removesuffix('.')}”, the fewest"


def results_of(survey: Survey, *, on: date, broken_down: bool) -> Results:
    """`broken_down`: with the ways of looking and the words; otherwise the school's totals alone."""
    asked = asked_of(survey, on=on)
    tallies = _tallies(survey)
    everyone = tallies.get(EVERYONE, {}).get("")
    many = everyone.answered if everyone else 0
    answered = Share(sum(one.has_answered for one in asked), len(asked)) if asked else None
    waits = _waits(survey, many, on)
    last = None if waits else _last(survey, on)
    before = _tallies(last).get(EVERYONE, {}).get("") if last else None
    answers = () if waits or everyone is None else tuple(_answers(survey, tallies, before, asked, broken_down))
    return Results(survey, answered, many, answers, waits, last)


def _waits(survey: Survey, answered: int, on: date) -> str:
    if not survey.is_named and survey.state(on) != CLOSED:
        return "Results appear when the survey has closed. Shown sooner, one more answer could be told from the others."
    if answered < SMALL:
        return f"Fewer than {SMALL} have answered, so nothing is shown: it would say who said what."
    return ""


def _tallies(survey: Survey) -> dict[str, dict[str, SurveyTally]]:
    found: dict[str, dict[str, SurveyTally]] = {}
    for row in SurveyTally.objects.filter(survey=survey).order_by("part", "value"):
        found.setdefault(row.part, {})[row.value] = row
    return found


def _last(survey: Survey, on: date) -> Survey | None:
    """The same survey the time before, once it is over."""
    same = Survey.objects.closed_by(min(on, survey.opens_on)).filter(
        institution=survey.institution_id, template=survey.template, is_named=survey.is_named
    )
    return same.exclude(pk=survey.pk).order_by("-closes_on", "-pk").first()


def _answers(
    survey: Survey,
    tallies: Mapping[str, Mapping[str, SurveyTally]],
    before: SurveyTally | None,
    asked: Sequence[Asked],
    broken_down: bool,
) -> Iterable[Answer]:
    total = tallies[EVERYONE][""]
    comments = _comments(survey) if broken_down else {}
    for question in survey.asks:
        counts = total.counts[question.code]
        if question.kind == TEXT:
            yield Answer(question, question.in_full, (), comments=comments.get(question.code, ()))
            continue
        agree = agree_of(question, counts)
        ways = _ways(question, tallies, asked, survey) if broken_down and agree else ()
        was = agree_of(question, before.counts[question.code]) if before and question.code in before.counts else None
        yield Answer(question, question.in_full, _lines(question, counts), agree, was, tuple(ways))


def _lines(question: Question, counts: Mapping[str, int]) -> tuple[Line, ...]:
    """What is published of everyone. A scale in three parts, so that its share who agree hides what it must."""
    asked = counts[ASKED]
    if question.kind == MULTIPLE:
        return tuple(
            Line(words, hide_small_share(Share(counts[code], asked))) for code, words in question.options.items()
        )
    if question.kind == RANKING:
        cells = [(f"{words}, put first", counts[f"{code}{FIRST}"]) for code, words in question.options.items()]
    elif question.kind == SCALE:
        agree, disagree = (sum(counts[code] for code in codes) for codes in (AGREES, DISAGREES))
        cells = [("Agree", agree), ("Disagree", disagree), ("Not sure, or did not say", asked - agree - disagree)]
    else:
        cells = [(words, counts[code]) for code, words in question.options.items()]
    if question.kind != SCALE:
        cells.append(("Did not say", counts[NOT_SAID]))
    shown = hide_small([many for _, many in cells])
    return tuple(
        Line(label, None if many is None else Share(many, asked)) for (label, _), many in zip(cells, shown, strict=True)
    )


def agree_of(question: Question, counts: Mapping[str, int]) -> Share | None:
    """The share who agree with a scale; None where it would point at a few."""
    if question.kind != SCALE or not counts[ASKED]:
        return None
    share = _lines(question, counts)[0].share
    return share if share and hide_small_share(share) else None


def _ways(
    question: Question, tallies: Mapping[str, Mapping[str, SurveyTally]], asked: Sequence[Asked], survey: Survey
) -> Iterable[Way]:
    """Each way as far as it is safe by itself; then those that give nothing away together."""
    shares = {part: _shares(question, tallies.get(part, {})) for part in WAYS}
    shown = {part: _safe(found) for part, found in shares.items()}
    answered = _who(question, asked)
    everyone = Row(people_of(answered), _share(question, tallies[EVERYONE][""].counts))
    crossed = {
        part: [Row(people_of(n for n, one in answered.items() if _value(one, part) == value), found)
               for value, found in shares[part].items() if value in shown[part]]
        for part in CROSSED if shown[part]
    }  # fmt: skip
    gone = withheld(everyone, crossed)
    for part, label in WAYS.items():
        lines = tuple(
            Line(_label(part, value), found if value in shown[part] else None, value)
            for value, found in shares[part].items()
        )
        if len(lines) > 1:
            yield Way(part, label, () if part in gone else lines, part in gone)


def _shares(question: Question, rows: Mapping[str, SurveyTally]) -> dict[str, Share]:
    """Of each part who were asked this question."""
    found = {value: _share(question, row.counts) for value, row in rows.items()}
    ordered = sorted(found, key=lambda value: (not value.isdigit(), value.rjust(8)))
    return {value: found[value] for value in ordered if found[value].out_of}


def _share(question: Question, counts: Counts) -> Share:
    said = counts[question.code]
    return Share(sum(said[code] for code in AGREES), said[ASKED])


def _safe(shares: Mapping[str, Share]) -> frozenset[str]:
    """Those of one way that can be shown, whoever knows the total."""
    hidden = small_rows([[share] for share in shares.values()])
    return frozenset(value for at, value in enumerate(shares) if at not in hidden)


def _who(question: Question, asked: Sequence[Asked]) -> dict[int, Asked]:
    """Those who answered and were asked this, each with a number."""
    return {
        n: one for n, one in enumerate(asked)
        if one.has_answered and question.asked_of(version_for(one.year_group if one.student_id else None))
    }  # fmt: skip


def _value(one: Asked, part: str) -> str:
    if part == YEAR:
        return str(one.year_group or "")
    has = one.has_sen if part == SEN else one.has_premium
    return "" if has is None else "yes" if has else "no"


def _label(part: str, value: str) -> str:
    return f"Year {value}" if part == YEAR else YES_NO.get(part, {}).get(value, value or "No tutor group")


def _comments(survey: Survey) -> dict[str, tuple[str, ...]]:
    """With names taken out, in the order of their lots."""
    rows = _said_by_name(survey) if survey.is_named else _said_by_nobody(survey)
    known = names_known(survey.institution_id) if rows else frozenset()
    found: dict[str, list[str]] = {}
    for code, words in rows:
        found.setdefault(code, []).append(without_names(words, known))
    return {code: tuple(words) for code, words in found.items()}


def _said_by_nobody(survey: Survey) -> list[tuple[str, str]]:
    return list(SurveyComment.objects.filter(survey=survey).order_by("pk").values_list("question", "words"))


def _said_by_name(survey: Survey) -> list[tuple[str, str]]:
    texts = [one.code for one in survey.asks if one.kind == TEXT]
    rows = SurveyResponse.objects.filter(survey=survey).order_by("pk").values_list("said", flat=True)
    return [(code, said[code]) for said in rows for code in texts if said.get(code)]
