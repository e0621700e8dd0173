"""The gaps a list can be narrowed to, in words."""

from pathbook.people.audience import audience_of

GAPS = {
    "GB2.1": "labour market information",
    "GB3.3": "earlier school's record",
    "GB3.4": "opened own record",
    "GB3.5.aspiration": "aspiration this year",
    "GB3.5.intention": "intention this year",
    "GB4.1": "careers in every subject",
    "GB5.1": "employer encounter this year",
    "GB6.1": "workplaces by 16",
    "GB6.2": "workplace after 16",
    "GB7.1": "all four kinds of provider",
    "GB7.1.sixth_form": "sixth form",
    "GB7.1.fe_college": "FE college",
    "GB7.1.university": "university",
    "GB7.1.training_provider": "training provider",
    "GB7.2": "two university visits",
    "GB8.1a": "guidance meeting by 16",
    "GB8.1b": "guidance meeting by 18",
    "GB2.1C": "labour market information in the programme",
    "GB3.3C": "earlier stage's record",
    "GB3.4C": "opened own record",
    "GB3.5C.aspiration": "aspiration this year",
    "GB3.5C.intention": "intention this year",
    "GB4.1C": "careers in every subject of the programme",
    "GB5.1C": "two employer encounters this year",
    "GB6.1C": "workplace in the programme",
    "GB7.1C": "each kind of provider",
    "GB7.1C.fe_college": "FE college",
    "GB7.1C.university": "university",
    "GB7.1C.training_provider": "training provider",
    "GB8.1C": "guidance meeting in the programme",
    "PAL.1": "technical routes, Years 8 and 9",
    "PAL.2": "technical routes, Years 10 and 11",
    "PAL.3": "technical routes, Years 12 and 13",
}


def gaps_of(kind: str) -> dict[str, str]:
    """Those that can be somebody's at an institution of this kind: a college's criteria have a C in their number."""
    college = audience_of(kind) != "school"
    return {row: words for row, words in GAPS.items() if row.split(".")[1].endswith("C") == college}
