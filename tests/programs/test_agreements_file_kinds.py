"""Which files are taken: whole PDFs, JPEGs and PNGs that are nothing else besides."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from contextlib import suppress

import pytest

from programs.agreements.file_kinds import NotTaken, kind_of_file
from programs.models.document import ContentType
from tests.programs.papers import (
    FRAME,
    JFIF,
    JPEG,
    PDF,
    PNG,
    PNG_DATA,
    PNG_END,
    PNG_HEAD,
    SCAN,
    chunk,
    segment,
)

SIGNATURE = PNG[:8]


def a_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("page.html", "<p>hello</p>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "letter.pdf", ContentType.PDF),
        (PDF, "LETTER.PDF", ContentType.PDF),
        (PDF, "letter", ContentType.PDF),
        (PDF + b"\r\n\x00\x00", "letter.pdf", ContentType.PDF),
        (PDF + PDF[9:], "signed twice.pdf", ContentType.PDF),
        (PNG, "card.png", ContentType.PNG),
        (JPEG, "card.jpg", ContentType.JPEG),
        (JPEG, "card.jpeg", ContentType.JPEG),
        # What phones do: a thumbnail with an end of its own, and a trailer behind the end.
        (JPEG[:2] + segment(0xE1, b"Exif" + JPEG) + JPEG[2:], "phone.jpg", ContentType.JPEG),
        (JPEG + b"\x00\x00SEFH" + bytes(60) + b"SEFT", "phone.jpg", ContentType.JPEG),
        # Progressive: several scans with tables between them, and fill bytes before a marker.
        (
            b"\xff\xd8" + JFIF + FRAME + SCAN + segment(0xC4, b"\x00") + SCAN + b"\xff\xff\xd9",
            "slow.jpg",
            ContentType.JPEG,
        ),
    ],
)
def test_whole_files_are_taken(content: bytes, name: str, kind: ContentType):
    assert kind_of_file(content, name) is kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!doctype html><script>alert(1)</script>", "letter.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "card.png"),
        (b"GIF89a" + bytes(50), "card.png"),
        (b"MZ\x90\x00" + bytes(50), "card.jpg"),
        (b" " + PDF, "letter.pdf"),
        (b"\xff\xd8", "card.jpg"),
        (b"", "nothing.pdf"),
    ],
)
def test_other_kinds_are_none_of_the_three(content: bytes, name: str):
    with pytest.raises(NotTaken, match="no PDF, JPEG or PNG"):
        kind_of_file(content, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF[:-8], "letter.pdf"),
        (b"%PDF-1.4\nhello\n%%EOF\n", "letter.pdf"),
        (PDF + b"MZ and more", "letter.pdf"),
        (PDF + bytes(2_000), "letter.pdf"),
        (PNG[:-1], "card.png"),
        (PNG[:-12], "card.png"),
        (SIGNATURE, "card.png"),
        (SIGNATURE + PNG_HEAD + PNG_END, "card.png"),
        (SIGNATURE + PNG_DATA + PNG_END, "card.png"),
        (SIGNATURE + PNG_HEAD[:-1] + b"\x00" + PNG_DATA + PNG_END, "card.png"),
        (SIGNATURE + struct.pack(">I", 2**32 - 1) + b"IHDR" + bytes(40), "card.png"),
        (PNG + b"more", "card.png"),
        (JPEG[:-2], "card.jpg"),
        (b"\xff\xd8" + JFIF + b"\xff\xd9", "card.jpg"),
        (b"\xff\xd8" + JFIF + SCAN + b"\xff\xd9", "card.jpg"),
        (b"\xff\xd8\xff\xe0\xff", "card.jpg"),
        (JPEG + b"<html><script>", "card.jpg"),
        (JPEG + PDF, "card.jpg"),
    ],
)
def test_a_file_that_is_not_whole_or_goes_on_is_damaged(content: bytes, name: str):
    with pytest.raises(NotTaken, match="not whole, or is damaged"):
        kind_of_file(content, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF.replace(b"1 0 obj", b"%<html><script>alert(1)</script>\n1 0 obj"), "letter.pdf"),
        (SIGNATURE + PNG_HEAD + chunk(b"tEXt", b"a\0<SCRIPT>") + PNG_DATA + PNG_END, "a.png"),
        (b"\xff\xd8" + segment(0xFE, b"<?php ?>") + FRAME + SCAN + b"\xff\xd9", "card.jpg"),
        (b"%PDF-1.4\n" + bytes(2_000) + a_zip()[:-2] + b"\x10\x00startxref\n%%EOF\n", "a.pdf"),
        (JPEG + bytes(1_500) + a_zip(), "card.jpg"),
    ],
)
def test_a_file_of_two_kinds_is_refused(content: bytes, name: str):
    with pytest.raises(NotTaken, match="holds a file of another kind"):
        kind_of_file(content, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [(PNG, "card.pdf"), (PDF, "letter.png"), (JPEG, "card.exe"), (PDF, "letter.pdf.html")],
)
def test_a_name_that_lies_is_refused(content: bytes, name: str):
    with pytest.raises(NotTaken, match="The name ends in"):
        kind_of_file(content, name)


def test_damage_anywhere_gives_words_and_never_an_error():
    """Every beginning of each file, and many broken ones, by a die that always falls the same."""
    die = random.Random(5)
    for whole in (PDF, PNG, JPEG):
        broken = [whole[:end] for end in range(len(whole))]
        for _ in range(300):
            at = die.randrange(len(whole))
            broken.append(whole[:at] + die.randbytes(die.randrange(1, 9)) + whole[at + 1 :])
        for content in broken:
            with suppress(NotTaken):
                assert kind_of_file(content, "x") in ContentType
