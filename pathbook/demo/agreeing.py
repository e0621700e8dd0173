"""What is agreed in a meeting at Northbridge: two or three actions that fit the student, each with its owner."""

from dataclasses import dataclass
from random import Random

from pathbook.demo.hopes import UNDECIDED, Aim
from pathbook.demo.wording import names
from pathbook.records.models import Action

STUDENT, ADVISER, TUTOR, LEADER, OTHER = Action.Owner.values


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action before its days are set. `proof`: in words, what would show that it was done."""

    what: str
    proof: str
    owner: str = STUDENT
    owner_name: str = ""


ABOUT_THE_JOB = (
    Agreed(
        "Read the National Careers Service page on being {a_job} and note three questions",
        "Three questions in the planner",
    ),
    Agreed("Write to {meets} and ask for a day there", "Reply from {meets} seen"),
    Agreed("Ask the {subject} teacher which topics matter most for becoming {a_job}", "Teacher's note in the planner"),
    Agreed("Find one person who is {a_job} and ask how they started", "Notes of the talk shown"),
    Agreed("Watch two short films about being {a_job} and write down what a day is like", "Half a page shown"),
    Agreed("Ask {meets} to send somebody to speak about being {a_job}", "Date agreed with {meets}", LEADER),
    Agreed("Put forward for the next visit to {meets}", "Name on the visit list", LEADER),
    Agreed("Send the links about becoming {a_job}", "Sent by e-mail", ADVISER),
)
ALWAYS = (
    Agreed("Talk it over at home and bring one worry back", "Told the tutor how it went"),
    Agreed("Begin a list of what they have done, for a first CV", "First page shown"),
    Agreed("Ask how it is going, at registration", "Spoken about at registration", TUTOR),
    Agreed("Pass on what was agreed to the head of year", "Passed on by e-mail", TUTOR),
    Agreed("Come to the next parents' evening to talk about the choice", "Came to parents' evening", OTHER,
           "Parent or carer"),
)  # fmt: skip
BY_PATHWAY = {
    "sixth_form": (
        Agreed("Check the entry grade for {subject} at {sixth_form}", "Grade written in the planner"),
        Agreed("Go to the open evening of {sixth_form}", "Open evening leaflet with notes"),
        Agreed("Finish the application to {sixth_form}", "Receipt of the application"),
        Agreed("Choose between two third subjects for {sixth_form}", "Choice told to the tutor"),
    ),
    "fe_college": (
        Agreed("Apply for {course} at {college}", "Receipt of the application"),
        Agreed("Book a place on the taster day of {college}", "Booking shown"),
        Agreed("Ask {college} whether it helps with travel", "Answer passed on", ADVISER),
        Agreed("Look up the bus to {college} and how long it takes", "Times written down"),
    ),
    "t_level": (
        Agreed("Read what {t_level} asks for and where the placement is", "Notes shown"),
        Agreed("Apply for {t_level} at Northbridge College", "Receipt of the application"),
        Agreed("Find somebody in their first year of a T Level to talk to", "Talk arranged", ADVISER),
    ),
    "apprenticeship": (
        Agreed("Make an account on Find an apprenticeship and save two vacancies", "Two vacancies shown"),
        Agreed("Write a one-page CV for {apprenticeship}", "CV seen"),
        Agreed("Practise an interview with the adviser of Forward Training", "Feedback sheet seen"),
        Agreed("Read the draft CV and give one piece of advice", "Draft returned with comments", TUTOR),
    ),
    "university": (
        Agreed("Compare the entry requirements of {degree} at two universities", "Table of two courses shown"),
        Agreed("Write the first paragraph of the personal statement", "Paragraph seen"),
        Agreed("Book the open day at {university}", "Booking shown"),
        Agreed("Read the personal statement and give two pieces of advice", "Draft returned with comments", TUTOR),
    ),
    "employment": (
        Agreed("Ask at {meets} whether there are jobs with training", "Answer told"),
        Agreed("Write a one-page CV and show it to the tutor", "CV seen"),
        Agreed("Send the list of local employers who train", "Sent by e-mail", ADVISER),
    ),
    UNDECIDED: (
        Agreed("Do the interests quiz and bring the three strongest", "Result sheet shown"),
        Agreed("Draw up what speaks for and against two routes", "Sheet shown"),
        Agreed("Pick one lunchtime talk that sounds unlikely, and go", "Name on the talk's list"),
        Agreed("Find a taster for each of two routes", "Two dates sent", LEADER),
    ),
}  # fmt: skip
OPTIONS = (
    Agreed("Write down one reason for and one against each option", "Sheet shown"),
    Agreed("Ask two Year 10 students what {subject} is like", "Told in form time"),
    Agreed("Go to the options evening with two questions", "Questions and answers shown"),
)
SUPPORT = (
    Agreed("Bring the careers section to the annual review", "Section in the review papers", OTHER, "Noor Amin, SENCO"),
    Agreed("Ask the college what support there is in lessons", "Answer passed on", OTHER, "Noor Amin, SENCO"),
)


def agreed(rng: Random, aim: Aim, stage: str, how_many: int, *, supported: bool) -> list[Agreed]:
    """So many, all different; about the route, the job and what always helps."""
    route = OPTIONS if stage == "options" else BY_PATHWAY[aim.pathway]
    menu = [*route * 2, *(ABOUT_THE_JOB if aim.wish else ()), *ALWAYS, *(SUPPORT * 2 if supported else ())]
    words = names(rng, "", aim, stage)
    chosen: dict[str, Agreed] = {}
    while len(chosen) < how_many:
        one = rng.choice(menu)
        chosen[one.what] = one
    return [_of_them(one, words) for one in chosen.values()]


def _of_them(one: Agreed, words: dict[str, str]) -> Agreed:
    return Agreed(one.what.format_map(words), one.proof.format_map(words), one.owner, one.owner_name)
