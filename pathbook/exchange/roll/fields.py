"""What Pathbook takes from a student list, and what each is called when a person chooses a column for it."""

LABELS: dict[str, str] = {
    "mis_id": "Own id (admission number)",
    "upn": "UPN",
    "former_upn": "Former UPN",
    "uln": "ULN",
    "legal_surname": "Legal surname",
    "legal_forename": "Legal forename",
    "surname": "Surname",
    "forename": "Forename",
    "full_name": "Name in one column",
    "preferred_surname": "Preferred surname",
    "preferred_forename": "Preferred forename",
    "middle_names": "Middle names",
    "former_surname": "Former surname",
    "date_of_birth": "Date of birth",
    "sex": "Sex",
    "year_group": "Year group",
    "tutor_group": "Tutor group",
    "registration": "Enrolment status",
    "entry_date": "Entry date",
    "leaving_date": "Leaving date",
    "sen": "SEN provision",
    "ehcp": "EHC plan (yes or no)",
    "fsm": "Free school meals",
    "pupil_premium": "Pupil premium",
    "looked_after": "Looked after",
    "eal": "EAL",
    "ethnicity": "Ethnicity",
    "first_language": "First language",
    "young_carer": "Young carer",
    "absence": "Absence, percent of sessions missed",
    "attendance": "Attendance, percent of sessions",
    "sessions": "Sessions possible",
    "sessions_came": "Sessions attended",
    "subjects": "Subjects",
}
NAMES = ("surname", "legal_surname", "full_name")
DATES = ("date_of_birth", "entry_date", "leaving_date")
YES_NO = ("ehcp", "fsm", "pupil_premium", "looked_after", "eal", "young_carer")
MANY = ("subjects",)  # may stand in several columns
