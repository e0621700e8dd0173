from pathbook.framework.in_words import in_a_sentence


def test_a_label_loses_its_capitals_and_initials_keep_theirs():
    assert in_a_sentence("Digital and IT") == "digital and IT"
    assert in_a_sentence("Special educational needs") == "special educational needs"
    assert in_a_sentence("FE college") == "FE college"
