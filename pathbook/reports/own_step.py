"""What a student can do themselves about a need; what is staff's to do is not said to the student."""

from pathbook.framework.needs.need import Need

ASK = "Ask for a guidance meeting."
OF_CRITERION = {
    "GB3.5.aspiration": "Say what you are thinking of.",
    "GB3.5.intention": "Say what you mean to do next.",
    "GB3.4": "Look through your record.",
    "2018:GB3.3": "Look through your record.",
}
OF_RULE = {
    "action_overdue": "Do it, or tell your tutor what gets in the way.",
    "undecided": ASK,
    "said_unsure": ASK,
    "review_due": ASK,
    "guidance_due": ASK,
    "guidance_missed": ASK,
}


def own_step(need: Need) -> str:
    """Join what is in the programme, say something, or ask; empty where only staff can act."""
    if need.suggested.activity:
        return need.suggested.words
    if need.criterion in OF_CRITERION:
        return OF_CRITERION[need.criterion]
    return OF_RULE.get(need.code) or (ASK if need.criterion.removeprefix("2018:").startswith("GB8") else "")
