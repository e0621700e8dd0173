"""Who wrote it, and is it as they wrote it? Every file that is not a record, or was touched, is one clear sentence."""

import base64
import json
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pathbook.exchange.models import RecordRun, TrustedKey
from pathbook.exchange.portable.apply import take_in, trust
from pathbook.exchange.portable.canonical import LARGEST, NotARecordError, canonical
from pathbook.exchange.portable.keys import (
    KEY_FILE,
    PublicKey,
    card_of,
    key_of_card,
    own_key,
    public_half,
    published,
    signature_of,
)
from pathbook.exchange.portable.reading import Trust, read_record
from pathbook.exchange.portable.undo import take_back
from tests import make
from tests.exchange.portable import cast
from tests.exchange.portable.test_there_and_back import contents

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(tmp_path):
    return json.loads(cast.written(cast.leaver(), tmp_path, numbers=True, support=True))


def read(data):
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_record(data, "file", school=cast.hillside(), on=make.TODAY)


def sentence(data):
    """The one sentence it is refused with."""
    before = contents()
    with pytest.raises(NotARecordError) as refused:
        read(data)
    words = str(refused.value)
    assert contents() == before and "\n" not in words and 20 < len(words) < 260 and words.endswith("."), words
    return words


def signed(said, key):
    said = {**said, "key": public_half(key)}
    return said | {"signature": signature_of(said, key)}


def test_signed_by_a_trusted_key_it_is_checked_and_by_any_other_it_is_not(said, tmp_path):
    assert read(said).trust == Trust.UNKNOWN
    cast.believe(tmp_path)
    assert read(said).trust == Trust.CHECKED
    assert read({name: value for name, value in said.items() if name != "signature"}).trust == Trust.UNSIGNED
    assert read(signed(said, Ed25519PrivateKey.generate())).trust == Trust.UNKNOWN


def test_spaces_and_order_are_not_words(said, tmp_path):
    cast.believe(tmp_path)
    assert read(json.dumps(dict(reversed(said.items())), indent=3).encode("utf-8-sig")).is_checked


def places(said, at=()):
    """Every value of a record, and the way there."""
    if isinstance(said, (dict, list)):
        for name, one in said.items() if isinstance(said, dict) else enumerate(said):
            yield from places(one, (*at, name))
    else:
        yield at


def touched(value):
    """The same with one character, or bit, different."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{chr(ord(value[0]) ^ 1)}{value[1:]}" if value else "x"


def test_one_character_changed_anywhere_is_refused(said, tmp_path):
    cast.believe(tmp_path)
    found = list(places(said))
    assert len(found) > 45
    for way in found:
        changed = json.loads(json.dumps(said))
        inside = changed
        for name in way[:-1]:
            inside = inside[name]
        inside[way[-1]] = touched(inside[way[-1]])
        assert sentence(changed), way
    for name in said:
        rest = {other: value for other, value in said.items() if other != name}
        assert name == "signature" or sentence(rest), name
    assert sentence(said | {"activities": said["activities"] * 2}) and sentence(said | {"guidance": []})


def test_a_trusted_school_cannot_write_in_anothers_name(said):
    mallory = Ed25519PrivateKey.generate()
    key = PublicKey("Mallory High", 200001, public_half(mallory))
    trust(key=key, school=cast.hillside(), by=cast.leader(cast.hillside()), at=make.NOW)
    assert "signed with the key of Mallory High" in sentence(signed(said, mallory))


BROKEN = {
    "nothing": b"", "not JSON": b"Dear Sir", "half": b'{"format": "pathbook-record"', "a list": b"[]", "a number": b"7",
    "null": b"null", "not text": b"\xff\xfe\x00\x01", "a spreadsheet": b"PK\x03\x04\x00", "deep": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000, "huge": b" " * (LARGEST + 1), "twice": b'{"format":"pathbook-record","format":"x"}',
    "not a number": b'{"format":"pathbook-record","version":NaN}', "a fraction": b'{"format":"pathbook-record","version":1.0}',
    "long number": b'{"format":"pathbook-record","version":' + b"9" * 5000 + b"}", "another schema": b'{"format":"oneroster"}',
    "version 2": b'{"format":"pathbook-record","version":2}', "version true": b'{"format":"pathbook-record","version":true}',
    "only a head": b'{"format":"pathbook-record","version":1}', "two documents": b"{}{}", "a page": b"<html></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_record_is_one_sentence(name):
    assert sentence(BROKEN[name])


WRONG = (
    None,
    7,
    -1,
    10**30,
    True,
    "",
    "x" * 30_000,
    "\x00",
    "\ud800",
    "2026-02-31",
    [],
    {},
    [[]],
    {"a": 1},
    ["a"] * 3000,
)


def test_every_value_of_every_wrong_type_is_refused_or_read_and_never_breaks(said):
    unsigned = {name: value for name, value in said.items() if name != "signature"}
    refused = 0
    for way in [*places(unsigned), *((name,) for name in unsigned)]:
        for wrong in WRONG:
            changed = json.loads(json.dumps(unsigned))
            inside = changed
            for name in way[:-1]:
                inside = inside[name]
            inside[way[-1]] = wrong
            try:
                read(changed)
            except NotARecordError as words:
                refused += 1
                assert re.fullmatch(r"[^\n]{20,260}", str(words)), words
    assert refused > 800


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"extra": 1}, "not part of it"), ({"version": 9}, "version this Pathbook does not know"),
        ({"activities": 7}, "activities should be a list"), ({"issued_at": "2026-03-01T10:00:00Z"}, "still to come"),
        ({"intentions": [{"recorded_on": "2026-02-30", "code": "X"}]}, "is not a day"),
        ({"actions": [{"what": "A", "owner": "student", "agreed_on": "2026-01-02", "due_on": "2026-01-01"}]}, "before it was agreed"),
        ({"actions": [{"what": "A", "owner": "student", "agreed_on": "2026-01-02", "due_on": "2026-01-03", "closed_on": "2026-01-03"}]}, "closed"),
        ({"actions": [{"what": "A", "owner": "head", "agreed_on": "2026-01-02", "due_on": "2026-01-03"}]}, "not one of the words"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_is_wrong_and_where(said, tmp_path, change, words):
    assert words in sentence(signed(said | change, own_key(tmp_path)))


def test_our_own_record_is_not_brought_in_again(said):
    with pytest.raises(NotARecordError, match="made by Northbridge School itself"):
        read_record(json.dumps(said).encode(), "file", school=make.school(), on=make.TODAY)


def test_unchecked_comes_in_only_when_somebody_says_so_and_is_shown_as_such(said):
    she, data = cast.newcomer(), json.dumps(said).encode()
    with pytest.raises(NotARecordError, match="Nobody has checked"):
        cast.received(data, she)
    assert not RecordRun.objects.exists()
    assert cast.received(data, she, unchecked=True).checked is False


def test_a_checked_record_waits_until_the_unchecked_one_is_taken_back(said, tmp_path):
    she, data = cast.newcomer(), json.dumps(said).encode()
    unchecked = cast.received(data, she, unchecked=True)
    cast.believe(tmp_path)
    with pytest.raises(NotARecordError, match="Take that one back first"):
        cast.received(data, she)
    take_back(run=unchecked, by=cast.leader(cast.hillside()), at=make.NOW)
    assert cast.received(data, she).checked


def test_fifty_presses_are_one_import(said, tmp_path):
    she = cast.newcomer()
    cast.believe(tmp_path)
    record, by = read(said), cast.leader(cast.hillside())
    runs = {
        take_in(record=record, student=she, school=cast.hillside(), unchecked=False, by=by, at=make.NOW, on=make.TODAY,
                key="abcdefghjkmn").pk for _ in range(5)
    }  # fmt: skip
    assert len(runs) == 1


def test_the_private_half_is_its_owners_alone_and_made_once(tmp_path):
    key = public_half(own_key(tmp_path))
    assert public_half(own_key(tmp_path)) == key
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_card_is_read_as_it_was_written_and_refused_when_touched(tmp_path):
    card = card_of(published(tmp_path, make.school()))
    assert key_of_card(json.dumps(card).encode()) == published(tmp_path, make.school())
    assert len(card["fingerprint"].split()) == 10
    for name, value in {
        "key": base64.b64encode(bytes(31)).decode(),
        "fingerprint": "0000",
        "format": "x",
        "urn": "one",
    }.items():
        with pytest.raises(NotARecordError, match="not the key of a school"):
            key_of_card(json.dumps(card | {name: value}).encode())
    assert "PRIVATE" not in json.dumps(card) and not TrustedKey.objects.exists()


def test_the_same_words_are_written_in_one_way():
    assert canonical({"b": "Zoë", "a": [1, True]}) == '{"a":[1,true],"b":"Zoë"}'.encode()
