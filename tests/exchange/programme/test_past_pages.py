"""Bringing in past activities by page: file, kinds, confirm, result, undo; and what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pathbook.exchange.models import ProgrammeRun
from pathbook.records.models import Activity, GuidanceMeeting, Participation
from tests import make

pytestmark = pytest.mark.django_db

TALKS = (
    "UPN,Activity,Date,Attended\nH801200001001,Trades morning,13/10/2025,Y\nH801200001001,Trades morning,14/11/2025,N\n"
)


@pytest.fixture
def leader(client, settings, tmp_path):
    settings.PATHBOOK_FOLDER = tmp_path
    make.student("Amara", "Ode", year=10, group="10B", upn="H801200001001")
    client.force_login(make.careers_leader())
    return client


def upload(client, text, name="past.csv"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post("/import/past/", {"file": file})


def words(response):
    return " ".join(response.content.decode().split())


def test_a_file_is_previewed_its_kinds_said_recorded_and_taken_back(leader, settings):
    sent = upload(leader, TALKS)
    shown = words(leader.get(sent.url))
    assert "2 new activities, 2 new attendances." in shown and "guessed from the name" in shown
    assert '<option value="workplace_experience">Workplace experience</option>' in shown
    assert Activity.objects.count() == 0, "a preview changes nothing"
    said = {"title": ["Trades morning"], "kind": ["workplace_experience"]}
    done = leader.post(f"{sent.url}confirm/", said, follow=True)
    assert "2 new activities, 2 new records" in words(done)
    assert set(Activity.objects.values_list("kind", flat=True)) == {"workplace_experience"}
    assert sorted(Participation.objects.values_list("status", flat=True)) == ["absent", "attended"]
    assert not list((settings.PATHBOOK_FOLDER / "uploads").glob("*/file"))
    run = ProgrammeRun.objects.get()
    back = leader.post(f"/import/past/done/{run.key}/undo/", follow=True)
    assert "has been taken back" in words(back) and Activity.objects.count() == Participation.objects.count() == 0


def test_the_button_pressed_twice_records_once(leader):
    sent = upload(leader, TALKS)
    for _ in range(3):
        assert leader.post(f"{sent.url}confirm/", follow=True).status_code == 200
    assert ProgrammeRun.objects.count() == 1 and Participation.objects.count() == 2


def test_dates_that_could_be_either_are_asked_first(leader):
    sent = upload(leader, "UPN,Activity,Date\nH801200001001,Talk,3/4/2025\n")
    assert "Which date is 3/4/2025?" in words(leader.get(sent.url))
    leader.post(f"{sent.url}confirm/")
    assert Activity.objects.count() == 0, "nothing comes in while the question stands"
    assert "4 Mar 2025" in words(leader.post(sent.url, {"dates": "mdy"}))
    leader.post(f"{sent.url}confirm/")
    assert Activity.objects.get().starts_on.isoformat() == "2025-03-04"


def test_past_meetings_come_in_too(leader):
    sent = upload(leader, "Name,Date,Adviser,Level,Minutes,Summary\nAmara Ode,20/01/2026,Dan Okafor,6,45,Joinery\n")
    assert "1 guidance meeting" in words(leader.get(sent.url))
    leader.post(f"{sent.url}confirm/")
    assert GuidanceMeeting.objects.get().summary == "Joinery"


def test_nothing_recorded_and_the_file_gone_when_told_so(leader, settings):
    sent = upload(leader, TALKS)
    assert "the file has been deleted" in words(leader.post(f"{sent.url}drop/", follow=True))
    assert leader.get(sent.url).status_code == 404 and not list((settings.PATHBOOK_FOLDER / "uploads").iterdir())


@pytest.mark.parametrize("bad", [b"", b"%PDF-1.7 x", b"PK\x03\x04", b"colour,size\nred,3\n", b"\0\1\2" * 99])
def test_a_file_that_is_no_list_is_refused_in_one_sentence(leader, bad, settings):
    refused = upload(leader, bad)
    assert refused.status_code == 422 and Activity.objects.count() == 0
    assert len(refused.context["form"].errors["file"]) == 1
    uploads = settings.PATHBOOK_FOLDER / "uploads"
    assert not uploads.exists() or not list(uploads.iterdir())


def test_another_persons_file_does_not_exist(leader, client):
    sent = upload(leader, TALKS)
    client.force_login(make.careers_leader(name="Second Leader"))
    assert client.get(sent.url).status_code == 404
    assert client.post(f"{sent.url}confirm/").status_code == 404 and Activity.objects.count() == 0
