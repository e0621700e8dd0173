"""Bringing in the roll by page: upload, what is unclear, preview, confirm, result, undo."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pathbook.exchange.models import ImportRun
from pathbook.people.models import Student
from tests import make
from tests.exchange.roll.school import AMARA, BO, HEAD, THREE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leader(client, settings, tmp_path):
    settings.PATHBOOK_FOLDER = tmp_path
    client.force_login(make.careers_leader())
    return client


def upload(client, text, name="roll.csv", whole="no"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post("/import/", {"file": file, "whole_roll": whole})


def confirm(client, where):
    seen = client.get(where).context["shown"].fingerprint
    return client.post(f"{where}confirm/", {"seen": seen}, follow=True)


def words(response):
    return " ".join(response.content.decode().split())


def test_a_roll_comes_in_with_four_pages_and_can_be_taken_back(leader, settings):
    assert leader.get("/import/").status_code == 200
    sent = upload(leader, THREE, whole="yes")
    assert sent.status_code == 302
    shown = leader.get(sent.url)
    assert "0 same, 3 new, 0 changed, 0 rows with a problem" in words(shown)
    assert Student.objects.count() == 0, "a preview changes nothing"
    done = confirm(leader, sent.url)
    assert "3 new" in words(done) and "Undo this import" in words(done)
    assert Student.objects.count() == 3
    assert not list((settings.PATHBOOK_FOLDER / "uploads").glob("*/file")), "the file is gone once it is decided"
    run = ImportRun.objects.get()
    back = leader.post(f"/import/done/{run.key}/undo/", follow=True)
    assert "has been taken back" in words(back) and Student.objects.count() == 0
    assert leader.get("/import/").status_code == 200


def test_fifty_presses_of_the_button_are_one_import(leader):
    sent = upload(leader, THREE)
    seen = leader.get(sent.url).context["shown"].fingerprint
    for _ in range(5):
        assert leader.post(f"{sent.url}confirm/", {"seen": seen}, follow=True).status_code == 200
    assert ImportRun.objects.count() == 1 and Student.objects.count() == 3


def test_dates_that_could_be_either_are_asked_and_remembered_with_the_file(leader):
    sent = upload(leader, HEAD + BO)
    asked = leader.get(sent.url)
    assert "3 Apr 2011" in words(asked) and "4 Mar 2011" in words(asked)
    leader.post(sent.url, {"dates": "mdy"})
    confirm(leader, sent.url)
    assert Student.objects.get().date_of_birth.isoformat() == "2011-03-04"


def test_unknown_headings_are_asked_for_once(leader):
    odd = "Nom,Prenom,Classe\nOde,Amara,10\nStone,Bea,11\n"
    sent = upload(leader, odd)
    asked = leader.get(sent.url, follow=True)
    assert "Which column is which?" in words(asked) and "Ode, Stone" in words(asked)
    said = {"c0": "surname", "c1": "forename", "c2": "year_group"}
    twice = leader.post(f"{sent.url}columns/", said | {"c1": "surname"})
    assert twice.status_code == 422 and "Two columns" in words(twice)
    leader.post(f"{sent.url}columns/", said)
    assert "2 new" in words(confirm(leader, sent.url))
    again = upload(leader, odd)
    assert "2 same" in words(leader.get(again.url)), "the next file with these headings is understood"


def test_a_match_by_name_waits_for_a_person(leader):
    make.student("Amara", "Ode", date_of_birth="2011-03-14", year=10)
    sent = upload(leader, HEAD + AMARA)
    asked = leader.get(sent.url)
    assert "Is this the same student?" in words(asked)
    leader.post(sent.url, {"line": "2", "match2": "same"})
    confirm(leader, sent.url)
    assert Student.objects.get().upn == "H801200001001"


def test_a_match_can_be_denied(leader):
    make.student("Amara", "Ode", date_of_birth="2011-03-14", year=10)
    sent = upload(leader, HEAD + AMARA)
    leader.post(sent.url, {"line": "2", "match2": "another"})
    confirm(leader, sent.url)
    assert Student.objects.count() == 2


def test_a_file_that_cannot_be_read_is_refused_and_the_answers_kept(leader, settings):
    refused = upload(leader, b"%PDF-1.7 ...", "roll.csv", whole="yes")
    assert refused.status_code == 422
    assert "roll.csv is a PDF document, not a list." in words(refused)
    assert 'value="yes" id="id_whole_roll_1" checked' in words(refused)
    assert not list((settings.PATHBOOK_FOLDER / "uploads").glob("*/file"))


def test_no_file_at_all_is_a_sentence(leader):
    assert "Choose the file with your student list." in words(leader.post("/import/", {"whole_roll": "no"}))


def test_a_roll_that_moved_since_the_preview_is_shown_again(leader, tmp_path):
    sent = upload(leader, THREE)
    seen = leader.get(sent.url).context["shown"].fingerprint
    make.student("Amara", "Ode", mis_id="0001", year=10)
    again = leader.post(f"{sent.url}confirm/", {"seen": seen}, follow=True)
    assert "The roll has changed since this preview was made" in words(again)
    assert Student.objects.count() == 1


def test_dropping_a_file_deletes_it(leader, settings):
    sent = upload(leader, THREE)
    leader.post(f"{sent.url}drop/")
    assert leader.get(sent.url).status_code == 404 and ImportRun.objects.count() == 0


def test_nobody_else_finds_the_file(leader, client):
    sent = upload(leader, THREE)
    client.force_login(make.data_manager())
    assert client.get(sent.url).status_code == 404


def test_a_tutor_and_a_governor_find_no_import(client):
    for someone in (make.form_tutor(make.tutor_group("10B")), make.governor()):
        client.force_login(someone)
        assert client.get("/import/").status_code == 404


def test_an_import_whose_server_died_can_be_confirmed_again(leader, settings):
    sent = upload(leader, THREE)
    folder = next((settings.PATHBOOK_FOLDER / "uploads").glob(f"{sent.url.split('/')[-2]}"))
    (folder / "claimed").touch()
    progress = settings.PATHBOOK_FOLDER / "progress"
    progress.mkdir(exist_ok=True)
    (progress / f"{folder.name}.json").write_text('{"stage": "Writing students", "n": 1, "total": 3}')
    seen = leader.get(sent.url).context["shown"].fingerprint
    told = leader.get(f"{sent.url}progress/", follow=True)
    assert "interrupted and nothing was changed" in words(told)
    leader.post(f"{sent.url}confirm/", {"seen": seen}, follow=True)
    assert Student.objects.count() == 3
