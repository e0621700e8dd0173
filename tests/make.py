"""Plain functions that make one thing each, with everything unsaid filled in: make.student(year=10)."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from pathbook.exchange.models import TrustedKey
from pathbook.exchange.portable.keys import PublicKey, public_half
from pathbook.framework.sets import load
from pathbook.framework.years import AcademicYear
from pathbook.needs.models import Proposal, ProposedAnswer, ProposedPlace
from pathbook.people.family import print_family_codes
from pathbook.people.joining import print_codes
from pathbook.people.keys import new_key
from pathbook.people.models import (
    Account,
    Enrolment,
    Erasure,
    Group,
    Guardian,
    GuardianLink,
    Institution,
    Membership,
    Objection,
    Place,
    Retention,
    Role,
    RoleHeld,
    Staff,
    Student,
    TutorGroup,
)
from pathbook.people.visibility import Viewer, viewer_of
from pathbook.records.actions import choosing, employers, freezing, judging, placement_forms
from pathbook.records.models import (
    Action,
    Activity,
    ActivityTemplate,
    Aspiration,
    Before,
    CalendarFeed,
    Closure,
    Confirmation,
    Consent,
    Correction,
    ExamDays,
    GuidanceMeeting,
    GuidanceRequest,
    GuidanceSlot,
    Host,
    NextStepCode,
    NoteOpening,
    Participation,
    Placement,
    PlacementDay,
    PlacementForm,
    Provider,
    Reminder,
    Statement,
    YearBudget,
)
from pathbook.reports import snapshots
from pathbook.uptake import bank
from pathbook.uptake.actions import surveys
from pathbook.uptake.actions.answering import Answerer, answer
from pathbook.uptake.actions.monitoring import Plan, Seen, plan_round, write_down
from pathbook.uptake.models import (
    Acknowledgement,
    AskedToRead,
    CheckAnswer,
    FollowUp,
    GoalOnBoard,
    ObservationPhoto,
    TourPutAway,
    TrainingAttendance,
    TrainingSession,
    TutorCheck,
)
from pathbook.uptake.queries.asked import asked_of
from pathbook.uptake.ready import looks_for

TODAY = date(2026, 2, 5)
NOW = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)
YEAR = 2025
_next = count(1)


def school(name="Northbridge School", urn=None):
    known = Institution.objects.filter(name=name).first()
    return known or Institution.objects.create(name=name, urn=urn or 100000 + next(_next), staff_second_step=False)


def tutor_group(name="10B", year=10, academic_year=YEAR, at=None):
    return TutorGroup.objects.get_or_create(
        institution=at or school(), academic_year=academic_year, name=name, defaults={"year_group": year}
    )[0]


def student(forename="Amara", surname="Ode", year=10, group=None, at=None, academic_year=YEAR, **said):
    """One student with a main enrolment in `academic_year`; `said` may name fields of either."""
    place = at or school()
    enrolment_fields = {f.name for f in Enrolment._meta.fields} - {"student", "institution"}
    enrolled = {k: v for k, v in said.items() if k in enrolment_fields}
    own = {k: v for k, v in said.items() if k not in enrolment_fields}
    someone = Student.objects.create(institution=place, legal_forename=forename, legal_surname=surname, **own)
    enrol(someone, year=year, group=group, academic_year=academic_year, **enrolled)
    return someone


def enrol(someone, year=10, group=None, academic_year=YEAR, **said):
    form = tutor_group(group, year, academic_year, someone.institution) if group else None
    said.setdefault("start_date", date(academic_year, 9, 1))
    return Enrolment.objects.create(
        student=someone, institution=someone.institution, academic_year=academic_year, year_group=year,
        tutor_group=form, **said,
    )  # fmt: skip


def students(how_many, year=11, group="11A", **said):
    return [student(f"Student{n}", f"Number{n:04}", year=year, group=group, **said) for n in range(how_many)]


def account(name="Sam Stranger", email=None):
    return Account.objects.create(name=name, email=email or f"person{next(_next)}@school.example")


def role(someone, held, place=Place.INSTITUTION, at=None, starts_on=date(2025, 9, 1), **said):
    return RoleHeld.objects.create(
        account=someone, role=held, place=place, institution=at or school(), starts_on=starts_on, **said
    )


def careers_leader(name="Priya Raman", at=None):
    someone = account(name)
    role(someone, Role.CAREERS_LEADER, at=at)
    return someone


def form_tutor(group, name="Tom Whitlock"):
    someone = account(name)
    role(someone, Role.FORM_TUTOR, Place.TUTOR_GROUP, at=group.institution, tutor_group=group)
    return someone


def governor(name="Grace Governor"):
    someone = account(name)
    role(someone, Role.GOVERNOR)
    return someone


def data_manager(name="Dee Data"):
    someone = account(name)
    role(someone, Role.DATA_MANAGER)
    return someone


def adviser(name="Dan Okafor", level=6):
    """With the account that signs in and the member of staff who holds meetings."""
    someone = account(name)
    role(someone, Role.ADVISER)
    staff(name, level, account=someone)
    return someone


def officer(name="Meera Shah"):
    """The data protection officer."""
    someone = account(name)
    role(someone, Role.DPO)
    return someone


def stranger(name="Sam Stranger"):
    """Someone with an account and no role."""
    return account(name)


def joining_code(someone, at=None):
    """The slip: its code is kept nowhere else."""
    at = at or school()
    return print_codes([someone], institution=at, by=viewer(careers_leader(at=at)), at=NOW, on=TODAY)[0].code


def family_code(child, at=None):
    """What stands on the parents' evening sheet of this child."""
    by = viewer(careers_leader(at=at or school()))
    return print_family_codes([child], institution=at or school(), by=by, at=NOW, on=TODAY)[child.key]


def viewer(someone, on=TODAY) -> Viewer:
    return viewer_of(someone, on)


def group(name="Construction club", at=None, starts_on=date(2025, 9, 1), **said):
    said.setdefault("kind", Group.Kind.CUSTOM)
    return Group.objects.create(institution=at or school(), name=name, starts_on=starts_on, **said)


def taught(name="10B/Hi1", subject="History", **said):
    """A class; nobody is in it yet."""
    return group(name, kind=Group.Kind.CLASS, subject=subject, **said)


def member(someone, of, starts_on=date(2025, 9, 1), **said):
    return Membership.objects.create(student=someone, group=of, starts_on=starts_on, **said)


def staff(name="Dan Okafor", level=6, **said):
    return Staff.objects.create(institution=school(), name=name, level=level, **said)


def guardian(of, name="Ada Parent", starts_on=date(2025, 9, 1), **said):
    someone = Guardian.objects.create(name=name)
    GuardianLink.objects.create(guardian=someone, student=of, starts_on=starts_on, **said)
    return someone


def provider(name="Marlow Build", kind=Provider.Kind.EMPLOYER, **said):
    return Provider.objects.get_or_create(institution=school(), name=name, defaults={"kind": kind, **said})[0]


def activity(title="Careers fair", kind="employer_encounter", on=date(2025, 10, 8), **said):
    said.setdefault("meaningful", True)
    said.setdefault("ends_on", on)
    return Activity.objects.create(
        institution=school(), title=title, kind=kind, starts_on=on, recorded_by="a test", recorded_at=NOW,
        academic_year=on.year if on.month >= 9 else on.year - 1, **said,
    )  # fmt: skip


def participation(someone, activity, status="attended", on=None, hours=Decimal(1)):
    return Participation.objects.create(
        student=someone, activity=activity, status=status, on=on or activity.starts_on, hours=hours,
        recorded_by="a test", recorded_at=NOW,
    )  # fmt: skip


def guidance_meeting(someone, on=date(2026, 1, 14), level=6, **said):
    said.setdefault("status", GuidanceMeeting.Status.HELD)
    said.setdefault("held_on", on if said["status"] == "held" else None)
    said.setdefault("booked_on", on)
    return GuidanceMeeting.objects.create(
        institution=someone.institution, student=someone, adviser_level=level, recorded_by="a test",
        recorded_at=NOW, **said,
    )  # fmt: skip


def action(someone, what="Visit the college", **said):
    said.setdefault("owner", "student")
    said.setdefault("agreed_on", date(2026, 1, 14))
    said.setdefault("due_on", date(2026, 2, 1))
    return Action.objects.create(student=someone, what=what, recorded_by="a test", recorded_at=NOW, **said)


def before(someone, words, of="meeting", row=0, field="summary"):
    return Before.objects.create(
        student=someone, of=of, row=row, field=field, words=words, recorded_by="a test", recorded_at=NOW
    )


def reminder(someone, is_sent=True, how_many=1):
    return Reminder.objects.create(
        institution=school(), account=someone, is_sent=is_sent, how_many=how_many, recorded_by="a test", recorded_at=NOW
    )


def aspiration(someone, sector="", pathway="", said_on=date(2025, 11, 3), **said):
    return Aspiration.objects.create(
        student=someone, said_on=said_on, sector=sector, pathway=pathway, recorded_by="a test", recorded_at=NOW, **said
    )


def note_opening(meeting, by, reason="Her mother called about something said in it.", at=NOW, **said):
    author = meeting.adviser.account if meeting.adviser else None
    return NoteOpening.objects.create(
        meeting=meeting, account=by, author=author, reason=reason, recorded_by=by.name, recorded_at=at, **said
    )


def at(day, hour=10, minute=0):
    """A moment of the school's day."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def slot(of, starts_at, minutes=45, **said):
    return GuidanceSlot.objects.create(
        institution=of.institution, adviser=of, starts_at=starts_at, minutes=minutes, recorded_by="a test",
        recorded_at=NOW, **said,
    )  # fmt: skip


def closure(first_day, last_day=None, why="Half term"):
    return Closure.objects.create(
        institution=school(), first_day=first_day, last_day=last_day or first_day, why=why, recorded_by="a test",
        recorded_at=NOW,
    )  # fmt: skip


def exams(first_day, last_day=None, year_groups=(11,), why="GCSE exams"):
    return ExamDays.objects.create(
        institution=school(), first_day=first_day, last_day=last_day or first_day, year_groups=list(year_groups), why=why,
        recorded_by="a test", recorded_at=NOW,
    )  # fmt: skip


def budget(pounds=2000, year=YEAR):
    return YearBudget.objects.create(institution=school(), academic_year=year, pounds=pounds, recorded_by="a test",
                                     recorded_at=NOW)  # fmt: skip


def template(title="Employer talk", **shape):
    said = {"title": title, "kind": "employer_encounter"} | shape
    return ActivityTemplate.objects.create(institution=school(), title=title, shape=said, recorded_by="a test",
                                           recorded_at=NOW)  # fmt: skip


def calendar_feed(**of):
    return CalendarFeed.objects.create(institution=school(), recorded_by="a test", recorded_at=NOW, **of)


def proposal(waiting, **said):
    """Of no place at all, for one student who waits."""
    made = Proposal.objects.create(institution=school(), recorded_by="a test", recorded_at=NOW, **said)
    answer = ProposedAnswer.objects.create(proposal=made, objective=0, bound=0, recorded_by="a test", recorded_at=NOW)
    ProposedPlace.objects.create(answer=answer, student=waiting, value=0.5, need="guidance_due", why="No slot is free.",
                                 needs="One more slot.", placed=False)  # fmt: skip
    return made


def as_student(someone):
    """An account through which this student signs in."""
    account_of = account(f"{someone.legal_forename} themselves")
    role(account_of, Role.STUDENT, Place.STUDENT, at=someone.institution, student=someone)
    return account_of


def as_parent(*children, name="Ada Parent"):
    someone = account(name)
    for child in children:
        role(someone, Role.PARENT, Place.STUDENT, at=child.institution, student=child)
    return someone


def employer_form(activity, **said):
    """A link, and the address it has."""
    by = viewer(careers_leader())
    made = employers.ask(activity=activity, sent_to="", by=by, at=NOW, on=TODAY)
    for name, value in said.items():
        setattr(made, name, value)
    made.save()
    return made, f"/employer/{employers.token_of(made, activity)}/"


def host(name="Marlow Build", at=None, **said):
    """Whose papers are all in order, unless said otherwise."""
    place = at or school()
    of = Provider.objects.get_or_create(institution=place, name=name, defaults={"kind": Provider.Kind.EMPLOYER})[0]
    fine = {"insured_until": date(2027, 3, 31), "risk_assessed_on": date(2025, 11, 3), "safeguarding": True,
            "keeps_data": True, "email": "rita@marlow.example", "contact": "Rita Marlow"}  # fmt: skip
    return Host.objects.create(provider=of, recorded_by="a test", recorded_at=NOW, **fine | said)


def placement(someone, where=None, first=date(2026, 7, 6), last=date(2026, 7, 10), said=(), **more):
    """`said`: parties that have answered, all of them yes."""
    by = {"recorded_by": "a test", "recorded_at": NOW}
    made = Placement.objects.create(student=someone, host=where, starts_on=first, ends_on=last, **by | more)
    for party in said:
        placement_form(made, party, yes=True, words=f"Words of the {party}", answered_by="A test", answered_at=NOW)
    return made


def placement_form(one, party="employer", **said):
    by = {"recorded_by": "a test", "recorded_at": NOW, "expires_on": date(2026, 3, 7), "sent_at": NOW}
    return PlacementForm.objects.create(placement=one, party=party, **by | said)


def placement_link(form):
    return f"/form/{placement_forms.token_of(form)}/"


def placement_day(one, words="I met the team.", on=None):
    by = {"recorded_by": "a test", "recorded_at": NOW}
    return PlacementDay.objects.create(placement=one, on=on or one.starts_on, words=words, **by)


def trusted_key(name="Hillside School", urn=100999):
    """The key of another school, and the half that signs with it."""
    private = Ed25519PrivateKey.generate()
    key = PublicKey(name, urn, public_half(private))
    trusted = TrustedKey.objects.create(
        institution=school(), school=name, urn=urn, key=key.key, recorded_by="a test", recorded_at=NOW
    )
    return trusted, private


def correction(someone, words="I was there", about="activity", **said):
    return Correction.objects.create(
        student=someone, about=about, words=words, said_on=TODAY, recorded_by="a test", recorded_at=NOW, **said
    )


def guidance_request(someone, words="", **said):
    return GuidanceRequest.objects.create(
        student=someone, words=words, asked_on=TODAY, recorded_by="a test", recorded_at=NOW, **said
    )


def confirmation(meeting, answer="helped", words="", on=TODAY):
    return Confirmation.objects.create(
        meeting=meeting, answer=answer, words=words, said_on=on, recorded_by="the student", recorded_at=NOW
    )


def acknowledgement(meeting, by, at=NOW):
    return Acknowledgement.objects.create(meeting=meeting, account=by, recorded_by=by.name, recorded_at=at)


def asked_to_read(someone, how_many=1, on=TODAY):
    return AskedToRead.objects.create(
        institution=school(), account=someone, asked_on=on, how_many=how_many, recorded_by="a test", recorded_at=NOW
    )


def goal_on_board(hope):
    return GoalOnBoard.objects.create(student=hope.student, aspiration=hope, recorded_by="the student", recorded_at=NOW)


def tutor_check(someone, answers=(), term="spring", year=YEAR):
    """`answers`: (student, said, stood)."""
    check = TutorCheck.objects.create(
        institution=school(), account=someone, academic_year=year, term=term, recorded_by=someone.name, recorded_at=NOW
    )
    for student, said, stood in answers:
        CheckAnswer.objects.create(check_of=check, student=student, said=said, stood=stood)
    return check


def consent(someone, activity, answer="given", **said):
    said.setdefault("how", "" if answer == "asked" else "paper")
    return Consent.objects.create(
        activity=activity, student=someone, answer=answer, said_on=TODAY, recorded_by="a test", recorded_at=NOW, **said
    )


def survey(template="student_voice", opens_on=TODAY, closes_on=date(2026, 2, 18), released=True, by=None, **said):
    """A ready survey of everyone, open from today; `said` may name a title, is_named, questions or fields of its aim."""
    ready = bank.templates()[template]
    aim = surveys.Aim(**{key: said.pop(key) for key in ("year_group", "tutor_group", "group") if key in said})
    asks = tuple(bank.questions()[code] for code in said.pop("questions", ready.questions))
    planned = {"title": ready.title, "is_named": ready.is_named} | said
    plan = surveys.Plan(questions=asks, aim=aim, opens_on=opens_on, closes_on=closes_on, **planned)
    by = by or viewer(careers_leader())
    made = surveys.make(template=template, plan=plan, school=school(), by=by, at=NOW)
    if released:
        surveys.release(survey=made, by=by, at=NOW, on=opens_on)
        made.refresh_from_db()
    return made


def answered(of, who, said, on=None, by=None):
    """`who`: a student or an account that is asked."""
    day = on or of.opens_on
    asked = next(one for one in asked_of(of, on=day) if who.pk in (one.student_id, one.account_id))
    answer(survey=of, said=said, who=Answerer(asked), by=by or viewer(careers_leader()), at=NOW, on=day)


def erasure(someone, why="retention", reason=""):
    """That they were erased; what it does to their rows is privacy.erasing's."""
    return Erasure.objects.create(student=someone, why=why, reason=reason, recorded_by="a test", recorded_at=NOW)


def retention(after_leaving=3, notes_after_13=1):
    return Retention.objects.create(institution=school(), after_leaving=after_leaving, notes_after_13=notes_after_13,
                                    recorded_by="a test", recorded_at=NOW)  # fmt: skip


def objection(someone, about="plans", said_by="student", said_on=TODAY, **said):
    return Objection.objects.create(student=someone, about=about, said_by=said_by, said_on=said_on, recorded_by="a test",
                                    recorded_at=NOW, **said)  # fmt: skip


def survey_answered(*said_by, **said):
    """A survey of everyone in Year 11; `said_by`: what is said, how many say it, and so on."""
    said_in_turn = [words for words, many in zip(said_by[::2], said_by[1::2], strict=True) for _ in range(many)]
    students(len(said_in_turn))
    made = survey(**said)
    for who, words in zip(asked_of(made, on=made.opens_on), said_in_turn, strict=True):
        answer(survey=made, said=words, who=Answerer(who), by=None, at=NOW, on=made.opens_on)
    return made


def monitoring_round(kind="book_look", how_many=12, subjects=(), seed=7, on=TODAY, by=None, at=None):
    """Drawn from whoever is on the roll; a book look needs subjects studied."""
    plan = Plan(kind, looks_for(kind), subjects, how_many)
    return plan_round(plan=plan, school=at or school(), by=by or viewer(careers_leader()), at=NOW, on=on, seed=seed)


def observed(one, answer="seen", words="", photo=None, on=TODAY, by=None):
    """Everything its round looks for was `answer`."""
    seen = Seen({look.code: answer for look in one.round.looks}, words, photo)
    write_down(of=one, seen=seen, version=one.version, by=by or viewer(careers_leader()), at=NOW, on=on)
    one.refresh_from_db()
    return one


def follow_up(of, owner, what="Put one job into each unit", due_on=date(2026, 2, 19)):
    said = {"recorded_by": "a test", "recorded_at": NOW, "token": f"follow{next(_next)}"}
    return FollowUp.objects.create(round=of, owner=owner, owner_name=owner.name, what=what, due_on=due_on, **said)


def photograph(of, image=b"a picture"):
    return ObservationPhoto.objects.create(observation=of, image=image, recorded_by="a test", recorded_at=NOW)


def training(topic="tutees_records", who=(), held_on=date(2025, 9, 16), title="Tutors: reading records", at=None):
    """`who`: members of staff who came."""
    said = {"recorded_by": "a test", "recorded_at": NOW, "token": f"training{next(_next)}"}
    session = TrainingSession.objects.create(
        institution=at or school(), title=title, topic=topic, held_on=held_on, **said
    )
    TrainingAttendance.objects.bulk_create(TrainingAttendance(session=session, staff=one) for one in who)
    return session


def tour_put_away(someone, role="careers_leader"):
    return TourPutAway.objects.create(account=someone, role=role)


def about(criterion="GB1.1", at=None, set_id="2025", year=YEAR):
    return judging.About(at or school(), set_id, criterion, AcademicYear(year))


def statement(criterion="GB1.1", answer="met", words="Governors agreed it in September.", on=TODAY, at=None, by=None):
    """After what stands of it already."""
    of = about(criterion, at)
    rows = Statement.objects.of(of.school, set_id=of.set_id, year=of.year).standing().filter(criterion=criterion)
    last = rows.order_by("-pk").first()
    by = by or viewer(careers_leader(at=at))
    return judging.state(about=of, answer=answer, words=words, before=last.key if last else "", by=by, at=NOW, on=on)


def evidence(criterion="GB1.1", kind="training", on=TODAY, until=date(2026, 8, 31), at=None, **said):
    shown = judging.Shown(kind, "Careers in every subject", until, **said)
    by = viewer(careers_leader(at=at))
    return judging.attach(about=about(criterion, at), shown=shown, key=new_key(), by=by, at=NOW, on=on)


def evidence_file(at=None, name="minutes.pdf"):
    return evidence(kind="file", at=at, file=judging.Kept(name, "application/pdf", b"%PDF-1.7"))


def cohort(*chosen, of=("", ""), why="The benchmarks are apt for them.", on=TODAY, at=None, on_roll=0):
    """Nobody named: everyone is counted again."""
    return choosing.choose(
        school=at or school(), of=of, students=chosen or None, on_roll=on_roll or len(chosen), why=why, key=new_key(),
        by=viewer(careers_leader(at=at)), at=NOW, on=on,
    )  # fmt: skip


def own_rule(met_at=None, bands=(), why="Agreed with governors.", set_id="2025", on=TODAY, at=None):
    return choosing.set_rule(
        school=at or school(), set_id=set_id, version=load(set_id).version, met_at=met_at or {}, bands=bands, why=why,
        key=new_key(), by=viewer(careers_leader(at=at)), at=NOW, on=on,
    )  # fmt: skip


def snapshot(as_of=date(2025, 12, 31), at=None, is_due=True):
    by = viewer(careers_leader(at=at))
    return snapshots.take(at or school(), as_of=as_of, is_due=is_due, by=by, at=NOW, key=new_key())


def review_note(of, words="Careers lessons in Year 8 first."):
    by = viewer(careers_leader(at=of.institution))
    return freezing.note(snapshot=of, words=words, key=new_key(), by=by, at=NOW)


def next_step_code(code="459", label="Our own", group="Education", table="activity", **said):
    return NextStepCode.objects.create(
        institution=school(),
        table=table,
        code=code,
        label=label,
        group=group,
        recorded_by="a test",
        recorded_at=NOW,
        **said,
    )
