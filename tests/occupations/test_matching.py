"""What the matcher makes of what students write, and the reason it gives."""

import pytest

from pathbook.demo.lists import EMPLOYERS
from pathbook.demo.wishes import WISHES
from pathbook.occupations import SECTORS, read, sector_of, suggest, title_of
from pathbook.occupations.data import listed, rows
from pathbook.occupations.sectors import unit_groups
from pathbook.occupations.vocabulary import PATHWAY, vocabulary
from pathbook.records.models.destination import PATHWAYS


def codes(text):
    return [one.soc2020 for one in suggest(text)]


def why(text):
    return suggest(text)[0].why


def test_the_issues_own_sentence():
    said = suggest("I want to be a paramedic or something with animals")
    assert said[0].soc2020 == "2255" and said[0].title == "Paramedics" and said[0].sector == "Health and social care"
    assert said[0].why == "said ‘paramedic’"
    assert "2240" in [one.soc2020 for one in said] and "an interest in animals" in [one.why for one in said]


def test_each_kind_of_reason():
    assert why("sparky") == "said ‘sparky’"
    assert why("elecrician") == "spelt like ‘electrician’"
    assert why("something with animals") == "an interest in animals"
    assert why("monitoring earthquakes waves underground seismic").startswith(
        ("the job profile of ", "an interest in ")
    )


def test_a_mistake_and_an_interest_are_less_sure_than_the_word_itself():
    assert suggest("electrician")[0].score > suggest("elecrician")[0].score > suggest("working with my hands")[0].score


@pytest.mark.parametrize(
    ("text", "not_this"),
    [("not a teacher", "2313"), ("I don't want to be a nurse, maybe a vet", "2237"), ("anything but a chef", "5434"),
     ("I used to want to be a vet but now a florist", "2240"), ("I hate maths and love art", "2433"),
     ("teacher but not primary", "2314")],
)  # fmt: skip
def test_what_is_refused_is_not_suggested(text, not_this):
    assert not_this not in codes(text)


def test_wanting_something_since_long_ago_is_not_refusing_it():
    assert codes("I wanted to be a vet since I was six")[0] == "2240"
    assert codes("I don't mind, maybe a vet")[0] == "2240"


def test_two_that_share_a_last_word_are_both_understood():
    assert codes("mechanical or electrical engineer")[:2] == ["2122", "2123"]
    assert set(codes("primary or secondary teacher")[:2]) == {"2313", "2314"}


def test_the_last_of_two_names_side_by_side_is_the_work():
    assert codes("army nurse")[0] == "2237"
    assert codes("bank security guard")[0] == "9231"


def test_a_short_word_that_is_another_word_is_left_alone():
    assert codes("just banter") == [] and codes("batman") == [] and codes("my job matters") == []


def test_it_is_work_only_when_nothing_else_is_said():
    assert codes("IT")[0] == "2134" == codes("work in IT")[0]
    assert codes("my uncle does it") == []


def test_not_decided_names_no_occupation_and_a_hope_is_not_undecided():
    assert read("idk").undecided and read("idk").suggestions == ()
    assert not read("idk, maybe a nurse").undecided


def test_pathways_are_those_the_record_knows():
    assert read("sixth form then uni, or a T-level").pathways == ("sixth_form", "university", "t_level")
    assert read("I don't want to go to uni").pathways == ()
    named = {term.codes[0] for term in vocabulary().terms.values() if term.kind == PATHWAY}
    assert named == set(PATHWAYS) - {"undecided"}


def test_the_demos_own_hopes_lead_to_their_unit_group_and_sector():
    for wish in WISHES:
        assert codes(wish.job)[0] == wish.soc2020, wish.job
        assert wish.sector in SECTORS


def test_sectors_are_a_closed_list_that_holds_the_programmes_own():
    assert {sector for _, sector, _ in EMPLOYERS} <= set(SECTORS)
    assert {sector for _, sector in unit_groups().values()} == set(SECTORS)
    assert len(unit_groups()) == 412
    assert sector_of("0000") == "" and title_of("2255") == "Paramedics"


def test_every_term_means_unit_groups_that_exist_and_no_term_means_two_things():
    named = {code for file in ("words.csv", "interests.csv", "profiles.csv") for row in rows(file)
             for code in row["soc2020"].split()}  # fmt: skip
    assert named - {"-"} <= set(unit_groups())
    terms = [term for file in ("words.csv", "interests.csv") for row in rows(file) for term in listed(row["words"])]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_every_file_of_data_says_where_it_is_from():
    from importlib.resources import files

    folder = files("pathbook.occupations.data")
    readme = folder.joinpath("README.md").read_text(encoding="utf-8")
    names = [file.name for file in folder.iterdir() if file.name.endswith((".csv", ".txt"))]
    assert names and [name for name in names if f"| {name} |" not in readme] == []
