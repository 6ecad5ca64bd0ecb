"""The words in Spanish: all there, all compiled, and on the page."""

from __future__ import annotations

import ast
import re
from gettext import GNUTranslations
from typing import NamedTuple

import pytest
from django.urls import reverse

from tests.source import ROOT, expect_none

FOLDER = ROOT / "locale/es/LC_MESSAGES"
LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?(".*")')
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%[sd%]|\{\w+\}|</?[a-z][^>]*>")
TRANSLATE = re.compile(
    r"""\{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)')(?:\s+context\s+"([^"]*)")?"""
)
# As gettext keeps a message with a context: one key, the two apart by this character.
CONTEXT = "\x04"


class Message(NamedTuple):
    key: str
    ids: list[str]
    texts: list[str]
    fuzzy: bool


def _message(block: str) -> Message:
    """What one paragraph of the .po says, its broken lines put together."""
    parts: dict[str, str] = {}
    name = ""
    for found in map(LINE.fullmatch, block.splitlines()):
        if found:
            name = found[1] or name
            parts[name] = parts.get(name, "") + ast.literal_eval(found[2])
    context = f"{parts['msgctxt']}{CONTEXT}" if "msgctxt" in parts else ""
    return Message(
        key=context + parts.get("msgid", ""),
        ids=[parts[each] for each in ("msgid", "msgid_plural") if each in parts],
        texts=[text for each, text in parts.items() if each.startswith("msgstr")],
        fuzzy=any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines()),
    )


@pytest.fixture(scope="module")
def written() -> list[Message]:
    """The messages of the .po; its first paragraph is the header."""
    blocks = (FOLDER / "django.po").read_text(encoding="utf-8").strip().split("\n\n")
    messages = [_message(block) for block in blocks[1:] if not block.startswith("#~")]
    assert len(messages) > 500
    return messages


@pytest.fixture(scope="module")
def compiled() -> GNUTranslations:
    with (FOLDER / "django.mo").open("rb") as file:
        return GNUTranslations(file)


def test_every_message_is_translated(written):
    expect_none([each.key for each in written if each.fuzzy or not all(each.texts)])
    expect_none([each.key for each in written if len(each.texts) != len(each.ids)])


def test_placeholders_and_html_are_kept(written):
    """The one and the many may differ among themselves, as "1 day" and "%(n)s days" do."""
    expect_none(
        [
            f"{original} / {text}"
            for each in written
            for original, text in zip(each.ids, each.texts, strict=True)
            if sorted(PLACEHOLDER.findall(original)) != sorted(PLACEHOLDER.findall(text))
        ]
    )


def test_what_is_served_is_what_is_written(written, compiled):
    """A .mo compiled from an older .po would answer with its words. `make messages` renews it."""
    stale = []
    for each in written:
        context, _, singular = each.key.rpartition(CONTEXT)
        if len(each.ids) == 1:
            served = [
                compiled.pgettext(context, singular) if context else compiled.gettext(singular)
            ]
        else:
            plural = each.ids[1]
            served = [
                compiled.npgettext(context, singular, plural, count)
                if context
                else compiled.ngettext(singular, plural, count)
                for count in (1, 2)
            ]
        if served != each.texts:
            stale.append(each.key)
    expect_none(stale)


def test_the_header_says_nothing_that_changes_by_itself():
    header = (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")[0]
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in header
    assert "-Date:" not in header
    assert "@" not in header


def test_templates_say_nothing_that_is_not_collected(written):
    """`{% blocktranslate %}` is left to makemessages, which alone knows what it makes of it."""
    known = {each.key for each in written}
    missing = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for double, single, context in TRANSLATE.findall(path.read_text(encoding="utf-8")):
            key = (f"{context}{CONTEXT}" if context else "") + (double or single)
            if key not in known:
                missing.append(f"{path.relative_to(ROOT)}: {key}")
    expect_none(missing)


@pytest.mark.django_db
def test_the_sign_in_page_in_spanish(client):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "es"})
    html = page.content.decode()
    assert re.search(r'<html[^>]* lang="es"', html)
    assert "<h1>Iniciar sesión</h1>" in html
    assert "Sign in" not in html
