"""A link is good for one message and one use; nobody makes one without the key."""

from __future__ import annotations

import base64
import uuid

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reminders.links import ANSWER, STOP, answer_url, read_token, stop_url, token_of
from reminders.models import Reminder

ONE = Reminder(public_id=uuid.UUID("018f0000-0000-7000-8000-000000000001"))
TWO = Reminder(public_id=uuid.UUID("018f0000-0000-7000-8000-000000000002"))


def test_it_names_its_message_for_its_use_only():
    assert read_token(token_of(ONE, ANSWER), ANSWER) == ONE.public_id
    assert read_token(token_of(ONE, STOP), STOP) == ONE.public_id
    assert read_token(token_of(ONE, ANSWER), STOP) is None
    assert read_token(token_of(ONE, STOP), ANSWER) is None


def test_the_signature_of_one_message_does_not_open_another():
    one, two = (base64.urlsafe_b64decode(token_of(each, STOP) + "==") for each in (ONE, TWO))
    mixed = base64.urlsafe_b64encode(two[:16] + one[16:]).decode().rstrip("=")
    assert read_token(mixed, STOP) is None


def test_it_fits_into_a_text_message():
    assert len(token_of(ONE, ANSWER)) == 38


def test_the_addresses(settings):
    settings.LINK_URL = "https://go.example"
    assert answer_url(ONE) == f"https://go.example/a/{token_of(ONE, ANSWER)}/"
    assert stop_url(ONE) == f"https://go.example/u/{token_of(ONE, STOP)}/"


def test_a_key_that_was_replaced_still_opens_what_went_out(settings):
    token, old = token_of(ONE, ANSWER), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [old]
    assert read_token(token, ANSWER) == ONE.public_id
    assert token_of(ONE, ANSWER) != token
    settings.SECRET_KEY_FALLBACKS = []
    assert read_token(token, ANSWER) is None


@given(st.integers(0, 223), st.sampled_from([ANSWER, STOP]))
@settings(max_examples=60)
def test_one_bit_more_or_less_opens_nothing(bit: int, use: str):
    signed = bytearray(base64.urlsafe_b64decode(token_of(ONE, use) + "=="))
    signed[bit // 8] ^= 1 << bit % 8
    assert read_token(base64.urlsafe_b64encode(signed).decode().rstrip("="), use) is None


@given(st.text(max_size=60) | st.binary(max_size=45).map(lambda raw: raw.hex()))
@example("")
@example("a")
@example("=" * 38)
@example("\u00e9" * 38)
@settings(max_examples=60)
def test_whatever_else_opens_nothing(text: str):
    assert read_token(text, ANSWER) is None


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t + "AAAA"])
def test_cut_off_or_longer_it_opens_nothing(change):
    assert read_token(change(token_of(ONE, ANSWER)), ANSWER) is None
