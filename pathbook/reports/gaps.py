"""The gaps a list can be narrowed to, in words."""

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
    "PAL.1": "technical routes, Years 8 and 9",
    "PAL.2": "technical routes, Years 10 and 11",
    "PAL.3": "technical routes, Years 12 and 13",
}
