"""What may each role see and do? One table, role x part; nothing else in Pathbook tests a role.

The first parts are parts of one student's record, and hold for the students a role reaches
(people.visibility). The last are the school's own. A part not named is refused.
"""

from pathbook.people.models import Role

READ, WRITE = "read", "write"

# Parts of a student's record
IDENTITY = "identity"  # name, year group, tutor group
ROLL = "roll"  # UPN, ULN, birth date, sex, ethnicity, language
SUPPORT = "support"  # SEN, pupil premium, looked after, young carer
ACTIVITIES = "activities"  # what they took part in, and what the benchmarks make of it
LESSONS = "lessons"  # logging a lesson of one's own class as a curriculum link, and nothing else of what they did
GUIDANCE = "guidance"  # meetings, shared summary, agreed actions
ACTIONS = "actions"  # closing and changing any agreed action; whoever owns one closes it without this (OWNS)
PRIVATE_NOTE = "private_note"  # the adviser's own working note
BREAK_GLASS = "break_glass"  # opening an adviser's working note for a written reason, for an hour (docs/decisions/0016)
ASPIRATIONS = "aspirations"  # aspirations, intentions, offers, destinations
INTENDS = "intends"  # writing down from a list what students mean to do next, and nothing else of their hopes
NEEDS = "needs"  # what they need next, as far as the parts it rests on are open; writing: put aside, note barriers
VOICE = "voice"  # a student's own: asking for guidance, saying something is wrong, reflecting on what they did
ANSWERS = "answers"  # answering what a student asked for or said is wrong
CONSENT = "consent"  # whether home agrees to a visit or placement; writing: recording it, or giving it for an own child
FAMILIES = "families"  # which parents and carers read at home; writing: end that, give it back, cancel their codes
SHARED = "shared"  # what is shared with parents
ERASURE = "erasure"  # erasing a student, and who has been kept long enough: name, number and year, no more
SUBJECT_ACCESS = (
    "subject_access"  # a copy of all that is held about them, to answer their own request; no page shows it
)
SHARING = "sharing"  # that somebody objects to sharing with the local authority, as staff note it down
OBJECTING = "objecting"  # the same, said of oneself or of one's child
MONITORING = (
    "monitoring"  # what was looked at in school, books by name; writing: plan a round, write down, say what follows
)
# Parts of the school
PROGRAMME = "programme"  # activities as such, with no names of students
NUMBERS = "numbers"  # totals and shares
ROLL_IMPORT = "roll_import"  # bringing the roll in, and taking an import back
ACCOUNTS = "accounts"  # who can sign in and as what
ACCESS_LOG = "access_log"  # who has read whose record
AUDIT = "audit"  # every event of the school by number, and every working note that was opened
NEED_RULES = "need_rules"  # which rules find a need, and what each weighs
READING = "reading"  # who reads what was said in guidance, by name; writing: ask those who have not
PLACES = "places"  # who gets a scarce place, by the needs of everyone; writing: propose, decide, confirm
SURVEYS = "surveys"  # what was answered by group and in words, small groups hidden; writing: ask, remind, close
SURVEY_TOTALS = "survey_totals"  # what the whole school answered, and no more
TRAINING = "training"  # who was trained in what, and who has signed in; writing: record a session
EVALUATION = "evaluation"  # what was stated of a criterion, its evidence, snapshots; writing: state, attach, freeze
REVIEW = "review"  # saying what leadership makes of a snapshot

STUDENT_PARTS = (
    IDENTITY,
    ROLL,
    SUPPORT,
    ACTIVITIES,
    LESSONS,
    GUIDANCE,
    ACTIONS,
    PRIVATE_NOTE,
    BREAK_GLASS,
    ASPIRATIONS,
    INTENDS,
    NEEDS,
    VOICE,
    ANSWERS,
    CONSENT,
    FAMILIES,
    SHARED,
    ERASURE,
    SUBJECT_ACCESS,
    SHARING,
    OBJECTING,
    MONITORING,
)
SCHOOL_PARTS = (
    PROGRAMME,
    NUMBERS,
    ROLL_IMPORT,
    ACCOUNTS,
    ACCESS_LOG,
    AUDIT,
    NEED_RULES,
    READING,
    PLACES,
    SURVEYS,
    SURVEY_TOTALS,
    TRAINING,
    EVALUATION,
    REVIEW,
)

TABLE: dict[str, dict[str, str]] = {
    Role.CAREERS_LEADER: {
        SHARING: WRITE,
        FAMILIES: WRITE,
        IDENTITY: READ,
        ROLL: READ,
        SUPPORT: READ,
        ACTIVITIES: WRITE,
        CONSENT: WRITE,
        GUIDANCE: WRITE,
        ACTIONS: WRITE,
        BREAK_GLASS: WRITE,
        ASPIRATIONS: WRITE,
        INTENDS: WRITE,
        PROGRAMME: WRITE,
        NUMBERS: READ,
        ROLL_IMPORT: WRITE,
        ACCOUNTS: WRITE,
        ACCESS_LOG: READ,
        NEEDS: WRITE,
        ANSWERS: WRITE,
        NEED_RULES: WRITE,
        READING: WRITE,
        PLACES: WRITE,
        SURVEYS: WRITE,
        SURVEY_TOTALS: READ,
        MONITORING: WRITE,
        TRAINING: WRITE,
        EVALUATION: WRITE,
    },
    Role.ADVISER: {
        IDENTITY: READ,
        SUPPORT: READ,
        ACTIVITIES: READ,
        CONSENT: READ,
        GUIDANCE: WRITE,
        ACTIONS: WRITE,
        PRIVATE_NOTE: WRITE,  # their own only: see records.queries
        ASPIRATIONS: WRITE,
        INTENDS: WRITE,
        PROGRAMME: READ,
        NUMBERS: READ,
        NEEDS: WRITE,
        ANSWERS: WRITE,
        NEED_RULES: READ,
    },
    Role.FORM_TUTOR: {
        IDENTITY: READ,
        SUPPORT: READ,
        ACTIVITIES: WRITE,
        CONSENT: WRITE,
        GUIDANCE: READ,
        ACTIONS: READ,
        ASPIRATIONS: READ,
        INTENDS: WRITE,
        PROGRAMME: READ,
        NEEDS: READ,
        NEED_RULES: READ,
    },
    Role.SUBJECT_TEACHER: {IDENTITY: READ, LESSONS: WRITE, ASPIRATIONS: READ, PROGRAMME: READ},
    Role.HEAD_OF_YEAR: {
        IDENTITY: READ,
        SUPPORT: READ,
        ACTIVITIES: WRITE,
        CONSENT: WRITE,
        GUIDANCE: READ,
        ACTIONS: WRITE,
        ASPIRATIONS: READ,
        INTENDS: WRITE,
        PROGRAMME: READ,
        NUMBERS: READ,
        NEEDS: WRITE,
        ANSWERS: WRITE,
        NEED_RULES: READ,
        MONITORING: READ,
    },
    Role.SENDCO: {
        IDENTITY: READ,
        SUPPORT: READ,
        ACTIVITIES: READ,
        CONSENT: READ,
        GUIDANCE: READ,
        ACTIONS: READ,
        ASPIRATIONS: READ,
        PROGRAMME: READ,
        NUMBERS: READ,
        NEEDS: WRITE,
        NEED_RULES: READ,
    },
    Role.SENIOR_LEADER: {
        IDENTITY: READ,
        SUPPORT: READ,
        ACTIVITIES: READ,
        CONSENT: READ,
        GUIDANCE: READ,
        ACTIONS: READ,
        ASPIRATIONS: READ,
        PROGRAMME: READ,
        NUMBERS: READ,
        NEEDS: READ,
        NEED_RULES: READ,
        READING: READ,
        PLACES: READ,
        SURVEYS: READ,
        SURVEY_TOTALS: READ,
        MONITORING: WRITE,
        TRAINING: READ,
        EVALUATION: READ,
        REVIEW: WRITE,
    },
    Role.GOVERNOR: {PROGRAMME: READ, NUMBERS: READ, SURVEY_TOTALS: READ},
    Role.TRUST_LEAD: {NUMBERS: READ},
    Role.DATA_MANAGER: {
        IDENTITY: READ,
        ROLL: WRITE,
        SUPPORT: WRITE,
        ROLL_IMPORT: WRITE,
        PROGRAMME: READ,
        SHARING: WRITE,
        FAMILIES: WRITE,
    },
    Role.IT_ADMIN: {ACCOUNTS: WRITE},
    Role.STUDENT: {
        IDENTITY: READ,
        ACTIVITIES: READ,
        GUIDANCE: READ,
        ACTIONS: READ,
        ASPIRATIONS: WRITE,
        NEEDS: READ,
        VOICE: WRITE,
        OBJECTING: WRITE,
    },
    Role.DPO: {ACCESS_LOG: READ, AUDIT: READ, ERASURE: WRITE, SUBJECT_ACCESS: READ, SHARING: WRITE},
    Role.PARENT: {SHARED: READ, CONSENT: WRITE, OBJECTING: WRITE},
}


# Roles of a student's own and their family's: whoever holds none but these is not staff.
FAMILY = (Role.STUDENT, Role.PARENT)

# Whose actions a role owns: they mark those done themselves, for the students that role reaches.
OWNS: dict[str, str] = {
    Role.CAREERS_LEADER: "careers_leader",
    Role.ADVISER: "adviser",
    Role.FORM_TUTOR: "tutor",
    Role.STUDENT: "student",
}


def allows(role: str, part: str, level: str = READ) -> bool:
    """Does the table give this role this part at this level? Writing includes reading."""
    given = TABLE.get(role, {}).get(part)
    return given == WRITE or (given == READ and level == READ)
