"""The house rules about addresses and templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter

from programs.who_may import WHO_MAY
from tests.source import ROOT, expect_none, templates

# Addresses that are open to anybody, and why.
PUBLIC = {
    "account_login": "the way in",
    "account_logout": "the way out",
    "account_reset_password": "who forgot the password asks for a link",
    "account_reset_password_done": "says that a link may be on its way",
    "account_signup": "says that accounts are by invitation",
    "accept_invitation": "the first way in; its secret is the key",
    "answer": "a participant says whether they come; its secret is the key",
    "browser_report": "a browser says what it refused on a page",
    "choose_theme": "also the sign-in page has colors",
    "healthz": "for machines",
    "ics": "a calendar program reads it; its secret is the key",
    "mfa_authenticate": "the second step on the way in",
    "mfa_login_webauthn": "the way in by passkey",
    "metrics": "for machines; a token is the key",
    "readyz": "for machines",
    "receipt": "a gateway brings it; its signature is the key",
    "reset_password": "a new password by email; its secret is the key",
    "reply": "a gateway brings it; its signature is the key",
    "stop": "a participant stops messages; its secret is the key",
}
# Addresses of one's own account: whoever is signed in may, without any role.
OWN_ACCOUNT: set[str] = {
    "account_change_password",
    "account_reauthenticate",
    "choose_language",
    "drop_pin",
    "end_my_other_sessions",
    "end_my_session",
    "lock_now",
    "lock_state",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "my_pin",
    "my_sessions",
    "passkey_options",
    "remove_passkey",
    "rename_passkey",
    "still_here",
    "unlock",
}
# Parts of an address that are not a public id, and what they are.
NO_ID = {
    "channel": "by which a message goes: email or sms",
    "gateway": "the name of a carrier of text messages",
    "kind": "what a message is for",
    "language": "en or es",
    "token": "the secret of an invitation, a new password, a calendar address, or a message",
    "week_on": "the date on which a week begins",
}


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry)
        else:
            yield entry


def test_there_are_addresses():
    assert len(list(addresses())) >= 10


def test_every_address_is_guarded_or_public_on_purpose():
    open_to_all = {
        entry.name for entry in addresses() if not getattr(entry.callback, "needs", None)
    }
    assert open_to_all == set(PUBLIC) | OWN_ACCOUNT


def test_every_guard_is_a_line_of_the_who_may_table():
    needed = {getattr(entry.callback, "needs", None) for entry in addresses()}
    assert needed - {None} <= set(WHO_MAY)


def test_whoever_is_guarded_is_signed_in():
    """A guard asks which role; that somebody is signed in is the middleware's to see to."""
    unguarded = [
        str(entry.name)
        for entry in addresses()
        if getattr(entry.callback, "login_required", True) is (entry.name in PUBLIC)
    ]
    expect_none(unguarded)


def test_addresses_show_public_ids_only():
    other = {
        f"{entry.name}: {part}"
        for entry in addresses()
        for part, converter in entry.pattern.converters.items()
        if not isinstance(converter, UUIDConverter) and part not in NO_ID
    }
    expect_none(other)


def test_every_address_has_a_name():
    expect_none([str(entry.pattern) for entry in addresses() if not entry.name])


def lines_with(pattern: str, *, ignoring: str = r"(?!)") -> list[str]:
    found = re.compile(pattern, re.I)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if found.search(re.sub(ignoring, "", line))
    ]


def test_templates_are_short():
    long = [path.name for path in templates() if len(path.read_text().splitlines()) > 120]
    expect_none(long)


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\sstyle\s*=",
        r"<style",
        r"\son[a-z]+\s*=",
        r"javascript:",
        r"\shx-on",
        r"<script(?![^>]*\ssrc=)",
        r"\|\s*safe\b",
        r"autoescape off",
        r"\|\s*add:",
        r"widthratio",
    ],
)
def test_templates_do_without(forbidden: str):
    expect_none(lines_with(forbidden))


def test_templates_compare_with_no_status():
    """But with Django's own level of a message, which is no status of ours."""
    compared = r"{%-?\s*(el)?if\s[^%]*[=!]=\s*[\"'][a-z_]+[\"']"
    expect_none(lines_with(compared, ignoring=r"message\.level_tag == \"\w+\""))


class Words(HTMLParser):
    """Collects the words of a page that a person reads: text, and attributes read aloud."""

    READ = ("alt", "aria-label", "placeholder", "title")
    SILENT = ("script", "style")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        self.found += [value or "" for name, value in attrs if name in self.READ]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


TRANSLATED = re.compile(
    r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*-?%}"
    r"|{%-?\s*block theme\s*-?%}.*?{%-?\s*endblock"
    r"|{%-?\s*comment\b.*?{%-?\s*endcomment\s*-?%}|{#.*?#}|{%.*?%}|{{.*?}}",
    re.S,
)
# Names, which are the same in every language.
NAMES = re.compile(r"\b(IOP|English|Español|PDF|JSON|FHIR)\b|&\w+;")


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_every_word_of_a_page_is_translated(path: Path):
    words = Words()
    words.feed(TRANSLATED.sub("", path.read_text()))
    said = [NAMES.sub("", text).strip() for text in words.found]
    expect_none([text for text in said if re.search(r"[^\W\d_]{2}", text)])
