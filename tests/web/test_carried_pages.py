"""Taking a record along and bringing one in, on pages: in two taps, by whoever may, and said plainly."""

import io
import json
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from pathbook.audit.models import Event
from pathbook.exchange.models import RecordRun, TrustedKey
from pathbook.exchange.portable.keys import is_signed_by, published
from pathbook.exchange.portable.writing import portable_record
from pathbook.records.models import GuidanceMeeting, Participation
from tests import make
from tests.exchange.portable import cast
from tests.web.hand import Page, hand_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(tmp_path):
    """What Northbridge signed with a key of its own, for somebody who is at Hillside now."""
    return cast.written(cast.leaver(), tmp_path)


@pytest.fixture
def hillside():
    return hand_of(make.careers_leader("Head of Careers", at=cast.hillside()))


def brought(client, data, name="amara.record.json"):
    return client.post("/import/record/", {"file": SimpleUploadedFile(name, data)})


def test_a_student_takes_it_along_in_two_taps_and_it_is_noted_once():
    amara = cast.leaver(sen="E")
    her = hand_of(make.as_student(amara))
    assert "/me/take/" in Page(her.get("/me/")).links
    page = Page(her.get("/me/take/"))
    assert (
        published(settings.PATHBOOK_FOLDER, make.school()).fingerprint in page.text and "/me/record.pdf" in page.links
    )
    before = Event.objects.count()
    said = json.loads(her.get("/me/record.json").content)
    assert is_signed_by(said, said["key"]) and "support" not in said and "upn" not in said["student"]
    assert Event.objects.count() == before + 1 and Event.objects.latest("pk").verb == "exported"
    assert json.loads(her.get("/me/record.json?support=yes").content)["support"] == ["EHC plan"]


def test_staff_sign_one_or_a_whole_year_and_only_whom_they_reach():
    amara = cast.leaver()
    make.student("Young", "One", year=7)
    leader = hand_of(make.careers_leader())
    assert json.loads(leader.get(f"/reports/record/{amara.key}.json").content)["student"]["upn"] == "H801200001001"
    assert "upn" not in json.loads(hand_of(make.adviser()).get(f"/reports/record/{amara.key}.json").content)["student"]
    pack = zipfile.ZipFile(io.BytesIO(leader.get("/reports/leavers.zip?year=11").content))
    assert [amara.key in name for name in pack.namelist()] == [True]
    assert "Nobody you may see" in Page(leader.get("/reports/leavers.zip?year=13", follow=True)).notes[0]


def test_the_key_is_held_against_what_the_school_reads_out_and_the_record_comes_in_checked(hillside, sent):
    she = cast.newcomer()
    page = Page(hillside.get(brought(hillside, sent).url))
    assert "5 new" in page.text and "Not checked" in page.text and "fingerprint" in page.text
    assert not RecordRun.objects.exists() and not TrustedKey.objects.exists()
    token = RecordRun().key  # any other token is nobody's
    assert hillside.post(f"/import/record/{token}/confirm/").status_code == 404
    upload = brought(hillside, sent).url
    done = hillside.post(f"{upload}confirm/", {"how": "trusted", "student": she.key})
    page = Page(hillside.get(done.url))
    assert "Checked" in page.text and "5 new" in page.text and TrustedKey.objects.get().school == "Northbridge School"
    assert hillside.post(f"{upload}confirm/", {"how": "trusted"}).url == done.url and RecordRun.objects.count() == 1
    assert "Careers fair, at Northbridge School" in Page(hillside.get(f"/students/{she.key}/")).text
    assert "Record received from Northbridge School" in Page(hillside.get(f"/students/{she.key}/")).text
    assert "taken back" in Page(hillside.post(page.undo, follow=True)).notes[0]
    assert not Participation.objects.filter(student=she).exists()


def test_unchecked_it_comes_in_only_by_its_own_button_and_says_so(hillside, sent):
    she = cast.newcomer()
    upload = brought(hillside, sent).url
    refused = hillside.post(f"{upload}confirm/", {"student": she.key})
    assert refused.status_code == 422 and "Nobody has checked" in Page(refused).text
    done = hillside.post(f"{upload}confirm/", {"how": "unchecked", "student": she.key})
    assert "Not checked" in Page(hillside.get(done.url)).text
    assert "Not checked" in Page(hillside.get(f"/students/{she.key}/")).text


def test_a_record_that_is_refused_leaves_no_key_believed(hillside, sent):
    she = cast.newcomer()
    cast.received(sent, she, unchecked=True)
    refused = hillside.post(f"{brought(hillside, sent).url}confirm/", {"how": "trusted", "student": she.key})
    assert refused.status_code == 422 and "Take that one back first" in Page(refused).text
    assert not TrustedKey.objects.exists() and not Event.objects.filter(noun="trusted key").exists()


def test_when_it_is_not_certain_whose_it_is_a_person_says(hillside, sent):
    near = cast.newcomer(date_of_birth=None)
    other = make.student("Other", "Schools", year=11)
    upload = brought(hillside, sent).url
    page = Page(hillside.get(upload))
    assert "Whose is it?" in page.text and near.name in page.text
    assert hillside.post(f"{upload}confirm/", {"how": "unchecked"}).status_code == 422
    assert hillside.post(f"{upload}confirm/", {"how": "unchecked", "student": other.key}).status_code == 422
    assert "5 new" in Page(hillside.get(f"{upload}?student={near.key}")).text
    hillside.post(f"{upload}confirm/", {"how": "unchecked", "student": near.key})
    assert RecordRun.objects.get().student == near


@pytest.mark.parametrize("data", [b"not json", b"", b'{"format":"pathbook-record","version":2}'])
def test_a_file_that_is_no_record_is_one_sentence_and_nothing_is_kept(hillside, data):
    page = Page(brought(hillside, data))
    assert page.status == 422 and len(page.problems) == 1 and page.problems[0].endswith(".")


def test_touched_after_it_was_signed_it_is_refused(hillside, sent):
    page = Page(brought(hillside, sent.replace(b"joinery", b"cookery")))
    assert page.status == 422 and "changed after it was signed" in page.problems[0]


def test_a_data_manager_brings_it_in_and_reads_nothing_of_what_was_said(sent):
    someone = make.account("Dee Data")
    make.role(someone, "data_manager", at=cast.hillside())
    dee, she = hand_of(someone), cast.newcomer()
    upload = brought(dee, sent).url
    page = Page(dee.get(upload))
    done = Page(dee.get(dee.post(f"{upload}confirm/", {"how": "unchecked", "student": she.key}).url))
    for hidden in ("joinery", "Joiner", "Careers fair", "Visit the college"):
        assert hidden not in page.body and hidden not in done.body
    assert "1" in page.text and RecordRun.objects.get().student == she


def test_another_persons_upload_is_nobodys(hillside, sent):
    cast.newcomer()
    upload = brought(hillside, sent).url
    other = hand_of(make.careers_leader("Another Head", at=cast.hillside()))
    assert other.get(upload).status_code == 404 and other.post(f"{upload}confirm/").status_code == 404
    hillside.post(f"{upload}drop/")
    assert hillside.get(upload).status_code == 404


def test_our_own_record_is_refused_on_the_page():
    amara = cast.leaver()
    own = portable_record(amara, make.school(), folder=settings.PATHBOOK_FOLDER, at=make.NOW)
    page = Page(brought(hand_of(make.careers_leader()), own))
    assert "made by Northbridge School itself" in page.problems[0]


def test_a_meeting_held_elsewhere_is_read_here_and_not_written_over(hillside, sent):
    she = cast.newcomer()
    cast.received(sent, she, unchecked=True)
    key = GuidanceMeeting.objects.get(student=she).key
    page = Page(hillside.get(f"/students/{she.key}/guidance/"))
    assert "an adviser at Northbridge School" in page.text and "joinery" in page.text
    assert f"/guidance/{key}/" not in page.links and hillside.get(f"/guidance/{key}/").status_code == 404


def test_a_key_is_believed_until_somebody_stops_it_and_only_by_its_own_school(sent, hillside, tmp_path):
    trusted = cast.believe(tmp_path)
    cast.newcomer()
    page = Page(hillside.get("/import/record/"))
    assert "Schools whose records are checked here" in page.text and trusted.school in page.text
    ending = f"/import/record/trusted/{trusted.pk}/end/"
    assert hand_of(make.careers_leader()).post(ending).status_code == 404 and TrustedKey.objects.exists()
    page = Page(hillside.post(ending, follow=True))
    assert "no longer shown as checked" in page.notes[0] and "Schools whose records" not in page.text
    assert Event.objects.filter(noun="trusted key", verb="removed").count() == 1
    assert "Nobody here has checked" in Page(hillside.get(brought(hillside, sent).url)).text
    assert hillside.post(ending).status_code == 404
