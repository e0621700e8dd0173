"""A question tied to a criterion gives the share who agree as its evidence, once the survey has closed."""

from datetime import timedelta

import pytest

from pathbook.framework.shares import Share
from pathbook.reports.survey_evidence import survey_evidence
from tests import make

pytestmark = pytest.mark.django_db
AFTER = make.TODAY + timedelta(days=14)


def test_twelve_of_twenty_agree_that_they_know_the_programme():
    survey = make.survey_answered({"know_programme": "4"}, 12, {"know_programme": "1"}, 8)
    assert survey_evidence(make.school(), on=make.TODAY) == ()
    found = {
        one.criterion: one for one in survey_evidence(make.school(), on=AFTER) if one.words.startswith("I know what")
    }
    assert found["GB1.3"].agree == Share(12, 20) and found["GB1.3"].survey_key == survey.key
    assert found["GB1.3"].whose == "Students" and found["GB1.3"].answered == 20


def test_four_who_do_not_agree_hide_the_share():
    make.survey_answered({"know_programme": "4"}, 16, {"know_programme": "1"}, 4)
    (one,) = [one for one in survey_evidence(make.school(), on=AFTER) if one.words.startswith("I know what")]
    assert one.agree is None and one.answered == 20


def test_a_survey_of_last_school_year_is_not_this_years_evidence():
    make.survey_answered({"know_programme": "4"}, 12, {"know_programme": "1"}, 8)
    assert survey_evidence(make.school(), on=make.date(2026, 9, 20)) == ()
