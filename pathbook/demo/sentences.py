"""The sentences of which advisers' summaries, notes and reasons at Northbridge are made; wording.py fills them."""

PURPOSES = {
    "options": ("Options", "First look at what there is", "Which subjects to keep"),
    "next": ("Choices after Year 11", "Sixth form, college or apprenticeship", "Before work experience"),
    "after_18": ("University or apprenticeship", "Personal statement", "What comes after Year 13"),
}
REVIEW = "How it went since we last met"
SIXTH_FORMS = ("Northbridge Sixth Form", "Wexcombe Sixth Form College")
UNIVERSITIES = ("the University of Wexcombe", "Tamar University")
LAND = ("Land and animals",)

SURE = (
    "{name} is set on becoming {a_job} and has been for over a year.",
    "{name} came in sure about becoming {a_job} and wanted to talk about how, not whether.",
    "{name} still wants to be {a_job}, and can say why.",
)
FAIRLY = (
    "{name} is thinking of becoming {a_job} and wants to see somebody do it before deciding.",
    "{name} likes the idea of becoming {a_job}; {other} was the second thing named.",
    "{name} has warmed to being {a_job} since the autumn.",
    "{name} is fairly sure about becoming {a_job}, less so about the route.",
)
FIRST_IDEA = (
    "{name} put down “{job}” as a first idea and has not looked into it yet.",
    "{name} would like to find out what {a_job} does all day.",
    "{name} said “{job}, maybe”, and knows nobody who does it.",
)
NO_IDEA = (
    "{name} has not decided what they would like to do, and said so openly.",
    "{name} has several ideas and does not want to settle on one yet.",
    "{name} is undecided. We started from what a good day at school looks like.",
    "{name} does not know yet; we looked at what they enjoy rather than at job titles.",
)
ROUTES = {
    "sixth_form": (
        "We looked at A levels at {sixth_form}: {subject} is needed, with a grade 6 or better.",
        "The plan is sixth form with {subject} among the three subjects; {sixth_form} was compared with staying here.",
        "{sixth_form} and a college course were put side by side, and sixth form came out ahead for now.",
    ),
    "fe_college": (
        "We read the page of {course} at {college} together and what it asks for.",
        "{course} at {college} is the first choice; four GCSEs at grade 4 are asked for.",
        "College suits better than sixth form: {course} is mostly practical.",
    ),
    "t_level": (
        "We talked through {t_level}: two years, 45 days of placement, worth three A levels.",
        "{t_level} is new to the family, so we wrote down how it compares with A levels.",
        "The placement is what draws them to {t_level}.",
    ),
    "apprenticeship": (
        "We looked at {apprenticeship}, and at what employers ask at the interview.",
        "Earning while learning matters, so {apprenticeship} is the first choice and college the second.",
        "We searched for vacancies: there were two for {apprenticeship} within an hour's bus ride.",
    ),
    "university": (
        "We compared {degree} at {university} with two other courses: {subject} is asked for by all three.",
        "{degree} at university is the aim; we went through the grades and the interview.",
        "We talked about {degree} at {university} and a degree apprenticeship as the other way there.",
    ),
    "employment": (
        "They would rather work than study, so we looked at jobs with training and who offers them.",
        "A job with training by September is the aim; {meets} came up as somebody to ask.",
    ),
    "undecided": (
        "No route is ruled out: we drew sixth form, college and apprenticeship side by side.",
        "The route can wait until they have seen two of them from the inside.",
        "We agreed that not deciding today is fine, and what has to be decided by when.",
    ),
}
OPTIONS = (
    "For the options form, keeping {subject} leaves this open.",
    "We looked at which options keep most doors open; {subject} is one of them.",
    "{subject} was going to be dropped; it is worth a second thought.",
)
CORE = ("English", "Mathematics", "Science")  # nobody chooses these
CORE_SUBJECTS = (
    "{subject} matters for it, and everyone has it: how it goes this year counts.",
    "The options can follow what they enjoy, as {subject} stays anyway.",
    "It asks for a good grade in {subject}, so we looked at how that is going.",
)
BESIDES = (
    "Travel is the worry: the first bus leaves at ten past seven.",
    "The careers fair helped: talking to people works better for them than reading.",
    "They help at home most evenings, so a course close by matters.",
    "Confidence in {subject} has grown this year, and it shows.",
    "Money came up: we looked at what is paid for and what is not.",
    "They lead the younger ones at their club, which belongs in any application.",
    "They asked good questions and answered most of them themselves.",
    "Mornings are hard, afternoons are when they get going.",
    "They would rather make things than write about them, and that is worth knowing.",
    "",
)
OF_THE_JOB = (  # from Year 10, of those who have named one
    "Predicted grades are a little under what is asked, so we named a second choice too.",
    "They have not met anybody who does it, and that is what would help most.",
    "At home they would prefer something safer; we talked about how to bring it up.",
    "Work experience changed their mind about desk jobs.",
    "They would like to hear it from somebody who started it last year.",
    "Interviews are the part they dread, so a practice one would help.",
)
AGREED = ("What to try before we speak again is below.", "We meet again when that is done.", "", "", "", "")
NOTHING_AGREED = (
    "They wanted to think it over first, so nothing was agreed today.",
    "Nothing to do for now: the application is in and they are waiting to hear.",
)

NOTES = (
    "Quiet at first; came alive when we spoke of the placement.",
    "Arrived late, from PE. Worth booking another time of day.",
    "Did not want to talk about grades. Go gently next time.",
    "Brought a friend to the door. Ask whether they would like somebody with them.",
    "Says yes to everything: check next time what was really meant.",
    "Reads faster than they let on. Send the longer page.",
    "Mentioned a cousin at {meets}: ask how that went.",
    "I talked too much. Begin with their questions next time.",
    "Laughs it off when it gets serious; the second half was better.",
    "Would rather write than speak. Offer the form beforehand.",
    "Check the entry grades again before they apply.",
    "Keep {other} in mind: lit up when it came by.",
)
CANCELLED = (
    "Student ill", "On the geography field trip", "Mock exam at the same time", "Adviser ill",
    "Asked for another day", "Hospital appointment", "Rehearsal for the school play",
)  # fmt: skip
MOVED = ("Moved: mock exam", "Moved: school trip", "Moved: asked for another time", "Moved: adviser at a training day")
NOT_ATTENDED = (
    "Absent from school that day", "Forgot, and was in the library", "Kept in a lesson", "Did not want to come",
    "Room change not passed on", "",
)  # fmt: skip
NO_NEXT = (
    "Does not want a meeting this term; the form tutor will ask again", "Will be met in the first week of next term",
    "Meets the adviser at the special educational needs review instead", "Parent asked to wait until after the exams",
)  # fmt: skip
