"""Carriers are found by being there; one that is added is one file."""

from __future__ import annotations

import logging

import pytest
from django.core.exceptions import ImproperlyConfigured

from programs.models import Channel
from reminders.channels.carriers import carriers, open_line
from reminders.channels.line import Parcel, TryLater
from reminders.wording.letters import Letter

PARCEL = Parcel(Letter("en", "Desk", "", "Secret words"), "+13125550123", "an-id")


def test_each_carrier_has_a_name_schemes_and_channels_of_its_own():
    found = carriers()
    assert {each.NAME for each in found} >= {"email", "webhook", "twilio", "console"}
    assert len({each.NAME for each in found}) == len(found)
    pairs = [(scheme, each) for one in found for scheme in one.SCHEMES for each in one.CHANNELS]
    assert len(set(pairs)) == len(pairs)
    assert {channel for _scheme, channel in pairs} == set(Channel)
    assert all(each.__name__.rpartition(".")[2] == each.NAME for each in found)


@pytest.mark.parametrize("channel", list(Channel))
def test_the_console_says_that_something_would_go_out_and_nothing_of_it(settings, channel, caplog):
    settings.SMS_URL = settings.EMAIL_URL = "console://"
    with caplog.at_level(logging.WARNING), open_line(channel) as line:
        assert line.is_open()
        assert line.send(PARCEL) == ""
    assert "message_would_go_out" in caplog.text
    assert "an-id" in caplog.text
    assert not any(secret in caplog.text for secret in ("Secret", "Desk", "555"))


@pytest.mark.parametrize("channel", list(Channel))
def test_where_nothing_is_set_up_nothing_goes_out(settings, channel):
    settings.SMS_URL = settings.EMAIL_URL = ""
    with open_line(channel) as line:
        assert not line.is_open()
        with pytest.raises(TryLater):
            line.send(PARCEL)


@pytest.mark.parametrize(
    ("email_url", "sms_url"),
    [
        ("twilio://a:hush@+13125550100", "smtp://user:hush@mail.example"),
        ("carrier+pigeon://a:hush@loft", "carrier+pigeon://a:hush@loft"),
        ("smtp://a:hush@[::1", "//a:hush@[::1"),
    ],
)
def test_a_url_of_no_carrier_of_the_channel_is_refused(settings, email_url, sms_url):
    settings.EMAIL_URL, settings.SMS_URL = email_url, sms_url
    for channel, variable in ((Channel.EMAIL, "EMAIL_URL"), (Channel.SMS, "SMS_URL")):
        with pytest.raises(ImproperlyConfigured, match=f"{variable} names no carrier") as refusal:
            open_line(channel)
        assert "hush" not in str(refusal.value)
