"""The same students as each system writes them: SIMS, Arbor, a census, councils' templates, CTFs, SDS, OneRoster."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from pathbook.exchange.roll.reading import read_roll
from pathbook.exchange.tables import UnreadableError
from tests.exchange.roll.bad_files import workbook
from tests.exchange.roll.school import TODAY, file_of, read

AMARA = ("Ode", "Amara", date(2011, 3, 14), 10)
SIMS = """Northbridge School,,,
"Student list, printed 3 Feb 2026",,,

Admission No,UPN,Legal Surname,Legal Forename,Preferred Name,Date of Birth,Gender,Year Group,Reg Group,Enrolment Status,\
SEN Status,Pupil Premium,EAL,Looked After,School,Site
000123,H801200001001,Ode,Amara,Ama,14/03/2011,F,Year 10,10A/Ma1,C,K - SEN Support,Y,,,North,1

000124,,van der Berg,Siobhán,,03/04/2011,M,10 ,10A,S,N - No SEN,,Yes,T,North,1
Total students: 2
"""
CENSUS = """Estab,UPN,Surname,Forename,Middlenames,PreferredSurname,FormerSurname,Gender,DoB,EnrolStatus,EntryDate,NCyearActual,\
Ethnicity,Language,UniqueLearnerNumber,SENprovision,SENNeed1,SENNeed2,SENunitIndicator,ResourcedProvisionIndicator,Postcode,\
SAON,PAON,Street,NativeID,FSME on Census Day,Age
4000,H801200001001,Ode,Amara,Joy,,Stone,F,2011-03-14 00:00:00,C,2022-09-04 12:00:00,10 ,WBRI,ENG,1000000000,E,ASD,,False,\
False,AB1 2CD,,1,High St,7,False,14
"""
TEMPLATE = """STUD_ID,FORENAME,SURNAME,DATE_OF_BIRTH,ESTAB,GENDER,ENTRY_DATE,NCYEAR_ACTUAL,ETHNICITY,LANGUAGE,SENPROVISION,SENNEED1,\
SENNEED2,SENUNIT_INDICATOR,RESOURCED_PROVISION_INDICATOR,FSME_ON_CENSUS_DAY,AGE
9,Amara,Ode,40616,4000,W,44629,10,WBRI,ENG,K,,,,,Yes,14
"""
ASSEMBLY = """id,year_code,upn,former_upn,uln,mis_id,first_name,legal_first_name,middle_name,last_name,legal_last_name,former_last_name,\
dob,is_pp,is_eal,sen_category,is_fsm,in_care,ever_in_care,ethnicity_code,gender
1,10,H801200001001,X00180001701A,,77,Ama,Amara,,Ode,Ode,,2011-03-14,true,false,K,false,false,true,WBRI,F
"""
ARBOR = """Admission Number,Legal Surname,Legal Forename,Year Group,Class,PP,ELK,SEN
0123,Ode,Amara,Year 10,10A,Yes,N,SEN Support
"""
COUNCIL = "UPN,Surname,Forename,moth/year of birth,NCyearActual\nH801200001001,Ode,Amara,03/2011,10\n"
TYPOS = "Surnme,Fornename,Date of Brith,Year Goup,Registraton Group\nOde,Amara,14.03.2011,Yr 10,10A\n"
ONE_NAME = "Pupil Name;D.O.B.;NC Year\nOde, Amara;14-Mar-11;Y10\n"
TABBED = "\ufeffName\tDOB\tYear\nAmara Ode\t14 March 2011\t10\n"


def ctf(root="CTfile", group="CTFpupilData", sex="Sex", version="25.0", names="", inside=""):
    data = "<NCyearActual>10</NCyearActual>" + inside
    named = "<Surname>Ode</Surname><Forename>Amara</Forename><DOB>2011-03-14</DOB>"
    pupil = (f"<Pupil><UPN>H801200001001</UPN>{'' if names else named}<{sex}>F</{sex}><BasicDetails>{named if names else ''}{data}"
             "</BasicDetails><Contacts><Contact><Surname>Else</Surname></Contact></Contacts></Pupil>")  # fmt: skip
    body = f"<{group}>{pupil}</{group}>" if group else pupil
    return (f'<?xml version="1.0"?><{root}><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>{version}'
            f"</CTFversion><SourceSchool><AcademicYear>2025</AcademicYear></SourceSchool></Header>{body}</{root}>")  # fmt: skip


TEXTS = {
    "SIMS": SIMS, "census": CENSUS, "2023 template": TEMPLATE, "Assembly": ASSEMBLY, "typing errors": TYPOS,
    "one column of names": ONE_NAME.replace("Ode, Amara", '"Ode, Amara"'), "tabs and words": TABBED,
    "semicolons with sep": "sep=;\nSurname;Forename;DOB;Year\nOde;Amara;14/03/2011;10\n",
    "old Mac line ends": "Surname,Forename,DOB,Year\rOde,Amara,14/03/2011,10\r",
    "american dates that show it": "Surname,Forename,DOB,Grade\nOde,Amara,3/14/2011,10\n",
    "times and half days": "Surname,Forename,DOB,Year\nOde,Amara,40616.5,10\n",
    "utf-16 from Excel": "Surname\tForename\tDOB\tYear\nOde\tAmara\t14/03/2011\t10\n".encode("utf-16"),
    "CTF": ctf(), "CTF 15 with Gender": ctf(sex="Gender", version="15.0"), "CTF dialect root": ctf(root="CTF", group=""),
    "CTF with Pupils": ctf(group="Pupils"), "CTF names inside": ctf(names="in"),
    "CTF with a namespace": ctf().replace("<CTfile>", '<CTfile xmlns="urn:ctf">'),
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_amara_is_found_in(text, tmp_path):
    file = read(tmp_path, text, name="roll.xml" if "CTf" in str(text) or "<CTF" in str(text) else "roll.csv")
    assert not file.missing and not file.question
    one = file.entries[0]
    assert (one.legal_surname, one.legal_forename, one.date_of_birth, one.year_group) == AMARA
    assert not list(file.errors()), file.problems


def test_sims_codes_titles_and_totals(tmp_path):
    file = read(tmp_path, SIMS)
    first, second = file.entries
    assert (first.line, second.line) == (5, 7) and first.mis_id == "000123"
    assert (first.sen, first.pupil_premium, first.eal, first.preferred_forename) == ("K", True, False, "Ama")
    assert (second.sen, second.looked_after, second.registration, second.eal) == ("N", True, "subsidiary", True)
    assert file.ignored == ("School", "Site")


def test_a_census_gives_its_codes_and_former_names(tmp_path):
    one = read(tmp_path, CENSUS).entries[0]
    assert (one.sen, one.fsm, one.former_surname, one.ethnicity, one.uln) == ("E", False, "Stone", "WBRI", "1000000000")
    assert one.mis_id == "7" and one.entry_date == date(2022, 9, 4)


def test_preferred_names_stand_beside_legal_ones(tmp_path):
    one = read(tmp_path, ASSEMBLY).entries[0]
    assert (one.legal_forename, one.preferred_forename, one.mis_id) == ("Amara", "Ama", "77")
    assert one.former_upns == ("X00180001701A",)


def test_arbor_has_a_class_for_a_form(tmp_path):
    one = read(tmp_path, ARBOR).entries[0]
    assert (one.tutor_group, one.sen, one.pupil_premium) == ("10A", "K", True)


def test_a_month_of_birth_is_no_birth_date(tmp_path):
    file = read(tmp_path, COUNCIL)
    assert file.entries[0].date_of_birth is None
    assert any("no whole date" in p.message and p.level == "warning" for p in file.problems)


def test_windows_letters_and_curly_apostrophes(tmp_path):
    file = read(tmp_path, "Surname,Forename,Year\nO\u2019Neill,Zo\u00eb,10\n".encode("cp1252"))
    assert (file.entries[0].legal_surname, file.entries[0].legal_forename) == ("O\u2019Neill", "Zo\u00eb")


@pytest.mark.parametrize(
    "name", ["محمد", "דוד", "李明", "Nguyễn", "Þór", "Müller-Lüdenscheidt", "D'Arcy", "de la Cruz"]
)
def test_names_of_the_world(name, tmp_path):
    file = read(tmp_path, f"Surname,Forename,Year\n{name},Ada,10\n")
    assert file.entries[0].legal_surname == name and not file.problems


def test_the_whole_date_column_decides_and_entry_dates_follow_it(tmp_path):
    text = "Surname,Forename,DOB,Year,Entry Date\nOde,Amara,03/04/2011,10,04/09/2022\nFay,Bo,23/05/2011,10,05/09/2022\n"
    one = read(tmp_path, text).entries[0]
    assert (one.date_of_birth, one.entry_date) == (date(2011, 4, 3), date(2022, 9, 4))


def test_an_undecided_column_is_a_question_unless_it_makes_no_difference(tmp_path):
    head = "Surname,Forename,DOB,Year\n"
    assert read(tmp_path, head + "Ode,Amara,03/04/2011,10\n").question.example == "03/04/2011"
    assert read(tmp_path, head + "Ode,Amara,03/03/2011,10\n").question is None
    assert read(tmp_path, head + "Ode,Amara,03/04/2011,10\n", dates="mdy").entries[0].date_of_birth == date(2011, 3, 4)


def sheet(*rows, change=None):
    def fill(book, sheet):
        for row in rows:
            sheet.append(row)
        if change:
            change(book, sheet)

    return workbook(fill)


def test_a_spreadsheet_with_titles_totals_and_real_dates(tmp_path):
    data = sheet(
        ["Northbridge School"], [], ["Student list"], ["Adm No", "Surname", "Forename", "DOB", "Year", "ULN"],
        [123, "Ode", "Amara", date(2011, 3, 14), 10, 1000000000], [None] * 6,
        ["0124", "Fay", "Bo", "14/03/2011", "Year 9", None], ["Total", None, None, None, 2, None],
    )  # fmt: skip
    file = read(tmp_path, data, name="roll.xlsx")
    assert [(e.line, e.mis_id, e.legal_surname, e.date_of_birth, e.year_group) for e in file.entries] == [
        (5, "123", "Ode", date(2011, 3, 14), 10), (7, "0124", "Fay", date(2011, 3, 14), 9)]  # fmt: skip
    assert file.entries[0].uln == "1000000000"


def test_the_sheet_that_is_a_list_is_found_and_a_hidden_one_left(tmp_path):
    def change(book, cover):
        cover["A1"] = "Read me first"
        for name, state, surname in (("Old roll", "hidden", "Gone"), ("Roll", "visible", "Ode")):
            page = book.create_sheet(name)
            page.sheet_state = state
            for row in (["Surname", "Forename", "Year"], [surname, "Amara", 10]):
                page.append(row)

    file = read(tmp_path, sheet(change=change), name="roll.xlsx")
    assert [entry.legal_surname for entry in file.entries] == ["Ode"]


def test_two_lists_in_one_workbook_are_said(tmp_path):
    def change(book, first):
        second = book.create_sheet("Year 8")
        for page, year in ((first, 7), (second, 8)):
            for row in (["Surname", "Forename", "Year"], ["Ode", f"N{year}", year]):
                page.append(row)

    file = read(tmp_path, sheet(change=change), name="roll.xlsx")
    assert len(file.entries) == 1 and "Year 8 look like lists too" in file.problems[0].message


def test_a_cell_merged_downwards_speaks_for_each_row(tmp_path):
    def change(book, page):
        page.merge_cells("C2:C3")

    data = sheet(["Surname", "Forename", "Year"], ["Ode", "Amara", 10], ["Fay", "Bo", None], change=change)
    assert [entry.year_group for entry in read(tmp_path, data, name="roll.xlsx").entries] == [10, 10]


def test_dates_counted_from_1904(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    for row in (["Surname", "Forename", "DOB", "Year"], ["Ode", "Amara", date(2011, 3, 14), 10]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert read(tmp_path, out.getvalue(), name="roll.xlsx").entries[0].date_of_birth == date(2011, 3, 14)


def folder(tmp_path, **files):
    place = tmp_path / "feed"
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text)
    return place


USERS_11 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,"
    "email,sms,phone,agentSourcedIds,grades,password\n"
    'u1,active,2026-01-01,true,s1,student,ao,"{upn:H801200001001}",Amara,Ode,,,a@x.example,,,,10,secret\n'
    "u2,active,2026-01-01,true,s1,teacher,tt,,Tom,Teacher,,,t@x.example,,,,,secret\n"
)


def test_a_oneroster_folder_gives_students_their_homerooms_and_birth_dates(tmp_path):
    place = folder(
        tmp_path, users=USERS_11, manifest="propertyName,value\nmanifest.version,1.0\n",
        demographics="sourcedId,status,birthDate,sex\nu1,active,2011-03-14,female\n",
        classes="sourcedId,status,title,classType,subjects\nc1,active,10A,homeroom,\nc2,active,Maths set 1,scheduled,Maths\n",
        enrollments="sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\ne1,c1,s1,u1,student\ne2,c2,s1,u1,student\n",
    )  # fmt: skip
    file = read_roll(place, today=TODAY)
    (one,) = file.entries
    assert file.format == "oneroster" and file.dropped == ("password",)
    assert (one.mis_id, one.upn, one.tutor_group, one.subjects) == ("u1", "H801200001001", "10A", ("Maths",))
    assert (one.date_of_birth, one.sex, one.year_group) == (date(2011, 3, 14), "F", 10)


def test_an_sds_folder_of_the_uk_format_reads_month_first_dates(tmp_path):
    student = (
        "ID,School DfE Number,First Name,Last Name,Username,Password,State ID,Secondary Email,Student Number,Middle Name,Grade,"
        "Status,Birthdate,Graduation Year\n13001,10001,Amara,Ode,AO,P@ss,WA,,13001,Joy,10,Active,3/14/2011,2027\n"
    )
    place = folder(
        tmp_path, Student=student, Section="ID,School DfE Number,Section Name,Course Subject\n1,10001,Algebra,Math\n",
        StudentEnrollment="Section ID,ID\n1,13001\n",
    )  # fmt: skip
    (one,) = read_roll(place, today=TODAY).entries
    assert (one.date_of_birth, one.registration, one.subjects) == (date(2011, 3, 14), "main", ("Math",))


def test_a_folder_with_no_students_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(UnreadableError, match=r"holds no users\.csv"):
        read_roll(folder(tmp_path, other="a,b\n1,2\n"), today=TODAY)
    with pytest.raises(UnreadableError, match="There is no file"):
        read_roll(tmp_path / "nowhere.csv", today=TODAY)


def test_a_file_is_held_to_the_format_that_was_named(tmp_path):
    with pytest.raises(UnreadableError, match="not xlsx"):
        read(tmp_path, "Surname,Forename,Year\nOde,Amara,10\n", format="xlsx")


def test_a_mapping_wins_over_the_headings(tmp_path):
    text = "A,B,C,Surname\nOde,Amara,10,Not this\n"
    file = read(tmp_path, text, columns={"A": "surname", "b": "forename", "C": "year_group"})
    assert (file.entries[0].legal_surname, file.entries[0].year_group) == ("Ode", 10)


def test_nothing_of_a_contact_is_taken_for_the_student(tmp_path):
    text = "Surname,Forename,Year,Parent Surname,Contact Forename,Mother's First Name,Tutor Email,School\nOde,Amara,10,X,Y,Z,t@x,S\n"
    assert dict(read(tmp_path, text).columns).keys() == {"Surname", "Forename", "Year"}


def test_a_zip_is_told_from_a_workbook(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("users.csv", USERS_11)
    with pytest.raises(UnreadableError, match="compressed folder"):
        read_roll(file_of(tmp_path, out.getvalue(), "feed.zip"), today=TODAY)


def test_a_transfer_file_says_meals_care_and_support(tmp_path):
    inside = ("<FSMhistory><FSMinstance><FSMstartDate>2024-01-01</FSMstartDate></FSMinstance></FSMhistory><InCare>true</InCare>"
              "<SENhistory><SEN><SENprovision>K</SENprovision></SEN><SEN><SENprovision>E</SENprovision></SEN></SENhistory>")  # fmt: skip
    one = read(tmp_path, ctf(inside=inside), name="roll.xml").entries[0]
    assert (one.fsm, one.looked_after, one.sen) == (True, True, "E")


def test_a_report_in_groups_keeps_its_students_and_names_its_headings(tmp_path):
    text = "Student List\nYear 10\nSurname,Forename,DOB,Reg\nOde,Amara,14/03/2011,10A\nYear 11\nFay,Zed,14/03/2010,11A\n** End of Report **\n"
    file = read(tmp_path, text)
    assert [(e.legal_surname, e.year_group) for e in file.entries] == [("Ode", 10), ("Fay", 11)]
    assert {p.line for p in file.errors()} == {5}


def test_without_a_year_column_it_comes_from_the_birth_date_and_is_said_once(tmp_path):
    file = read(tmp_path, "Surname,Forename,DOB\nOde,Amara,14/03/2011\nFay,Zed,14/03/2010\n")
    assert [e.year_group for e in file.entries] == [10, 11]
    assert [p.line for p in file.problems] == [0]


def test_one_heading_registration_is_the_form_unless_there_is_a_form(tmp_path):
    assert read(tmp_path, "Surname,Forename,Year,Registration\nOde,Amara,10,10A\n").entries[0].tutor_group == "10A"
    both = read(tmp_path, "Surname,Forename,Year,Form,Registration\nOde,Amara,10,10A,subsidiary\n").entries[0]
    assert (both.tutor_group, both.registration) == ("10A", "subsidiary")
