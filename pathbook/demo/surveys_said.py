"""How Northbridge answers: how likely each answer to a statement is, and what people write."""

# code -> how likely: yes definitely, mostly, not sure, not really, not at all
SCALE_WEIGHTS = {
    "know_programme": (18, 34, 24, 16, 8), "helped_this_year": (26, 36, 18, 13, 7), "know_who_to_ask": (30, 30, 16, 15, 9),
    "like_me": (14, 24, 27, 22, 13), "use_information": (16, 30, 26, 18, 10), "lessons_link": (10, 24, 26, 26, 14),
    "next_step": (30, 32, 18, 13, 7), "how_to_get_there": (22, 31, 23, 16, 8),
    "parent_know": (12, 28, 22, 24, 14), "parent_information": (10, 26, 26, 24, 14), "parent_guidance": (14, 22, 20, 28, 16),
    "parent_choices": (18, 34, 22, 18, 8), "staff_know": (20, 38, 18, 16, 8), "staff_training": (12, 26, 18, 26, 18),
    "staff_find": (16, 30, 16, 22, 16), "staff_used": (10, 24, 12, 30, 24),
}  # fmt: skip
COMMENTS = {
    "student_voice": (
        "More visits to places where people work, not just talks.",
        "Priya Raman was really helpful when I was stuck.",
        "Tell us about apprenticeships earlier.",
        "I would like to meet somebody who works in animation.",
        "The careers fair was too busy to ask anything.",
        "Mr Okafor explained it so that I understood.",
        "Will you do the college visit again?",
        "More time to look things up in tutor time.",
        "It was good. My friend Destiny said so too.",
        "Let us choose who we go and see.",
    ),
    "parent_feedback": (
        "An evening later than six would help those who work.",
        "I did not know guidance meetings could be asked for.",
        "Please send the dates to both of us.",
        "Something about T Levels in plain words.",
        "Thank you to Dan Okafor for his time with our son.",
    ),
    "staff": (
        "A short session on routes after 16, please.",
        "Five minutes in a department meeting would be enough.",
        "I did not know where to find what was agreed.",
        "Send a line when one of my tutees has had a meeting.",
    ),
}
