"""What to type into the national self-evaluation tool, question by question in its order, with the count behind each answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathbook.framework.data import read
from pathbook.framework.evaluate import CriterionResult, Evaluation
from pathbook.framework.sets import HOW_FAR, SETS, BenchmarkSet
from pathbook.framework.shares import Share

BY_YEAR = "per year group"
BY_STAGE = "per key stage"


@dataclass(frozen=True, slots=True)
class Answer:
    """`type_in` is the answer to choose, empty where nobody can say it for the school; `behind` where it comes from."""

    of: str
    type_in: str
    behind: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """`verified`: its wording was seen; `nowhere`: nothing recorded or stated answers it."""

    id: str
    benchmark: str
    words: str
    verified: bool
    answers: tuple[Answer, ...]

    @property
    def nowhere(self) -> bool:
        return not self.answers


def typing_sheet(evaluation: Evaluation) -> tuple[Question, ...]:
    """Every question of the version of the tool that belongs to the set."""
    version, criteria = SETS[evaluation.set.id][1], read("compass-criteria")["criteria"]
    return tuple(
        Question(
            said["id"], said["benchmark"], said["question"], said["verified"],
            tuple(_answers(evaluation, criteria.get(said["id"], ()), str(said["answer_type"]))),
        )
        for said in read("compass-questions")["questions"]
        if said["version"] == version
    )  # fmt: skip


def criteria_sheet(evaluation: Evaluation) -> tuple[Question, ...]:
    """The same by the set's own criteria, for those whose questions of the tool were never seen in print: colleges."""
    return tuple(
        Question(
            one.criterion.id, one.criterion.benchmark, one.label or one.criterion.statement, one.criterion.verified,
            tuple(_answers(evaluation, (one.criterion.id,), "")),
        )
        for benchmark in evaluation.benchmarks for one in benchmark.criteria
    )  # fmt: skip


def _answers(evaluation: Evaluation, criteria: Iterable[str], asks: str) -> Iterator[Answer]:
    for criterion in criteria:
        result = evaluation.criterion(criterion)
        if result is None:
            continue
        if result.share is None:
            yield _stated(result)
        elif BY_YEAR in asks or BY_STAGE in asks:
            yield from _by_year(result, evaluation.set)
        elif result.parts:
            yield from (_counted(evaluation.set, part.label, part.share) for part in result.parts)
        else:
            yield _counted(evaluation.set, result.label, result.share)


def _stated(result: CriterionResult) -> Answer:
    """Fully is a yes to every item of it; partly does not say which."""
    said, of = result.said, result.criterion.id
    if said is None:
        return Answer(of, "", "nobody has stated it")
    proof = f"{said.evidence} piece{'' if said.evidence == 1 else 's'} of evidence" if said.evidence else "no evidence"
    behind = f"stated: {HOW_FAR[said.status].lower()}, {proof}"
    if said.status == "in_progress":
        return Answer(of, "", f"{behind}; check each")
    return Answer(of, "Yes" if said.status == "met" else "No", behind)


def _by_year(result: CriterionResult, of: BenchmarkSet) -> Iterator[Answer]:
    for group, share in (result.by_year_group or {}).items():
        yield _counted(of, f"Year {group}", share)


def _counted(of: BenchmarkSet, label: str, share: Share) -> Answer:
    band = of.band_of(share)
    if band is None:
        return Answer(label, "", "nobody to count")
    return Answer(label, band.label, str(share), band.verified)
