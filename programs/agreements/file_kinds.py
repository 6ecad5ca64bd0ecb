"""What kind of file some bytes are: PDF, JPEG or PNG, whole, and nothing else besides.

Known by how the file is built, not by its name or its first bytes alone. No picture is unpacked,
so a small file that would unpack to a huge one costs nothing here.
"""

from __future__ import annotations

import re
import zlib
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from programs.models.document import ContentType

SUFFIXES = {
    ".pdf": ContentType.PDF,
    ".jpg": ContentType.JPEG,
    ".jpeg": ContentType.JPEG,
    ".jpe": ContentType.JPEG,
    ".jfif": ContentType.JPEG,
    ".png": ContentType.PNG,
}
PDF_TAIL = 1024  # bytes at the end in which readers look for the end mark
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8\xff"
END_OF_IMAGE = 0xD9
# Markers that begin a frame (and so a picture), and those that stand alone, without a length.
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = {0x01, *range(0xD0, 0xD9)}
SCAN = 0xDA
# Inside a scan: the next marker that is neither a stuffed zero nor a restart.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# How a file begins that a reader of another kind would take for its own.
OTHER_KINDS = re.compile(
    rb"<!doctype|<html|<head|<body|<script|<svg|<iframe|<\?php|PK\x03\x04|Rar!\x1a|7z\xbc\xaf",
    re.IGNORECASE,
)
BEGINNING = 1024
ZIP_END, ZIP_END_SIZE, LONGEST_ZIP_COMMENT = b"PK\x05\x06", 22, 65_535


class NotTaken(ValueError):
    """Why a file is not taken, in words."""


def kind_of_file(content: bytes, name: str) -> ContentType:
    """Return what the bytes are. Raises NotTaken for what is none of the three, broken or double.

    `name` is the file's own; where it names a kind it has to be the one that the bytes are.
    """
    kind = _kind(content)
    if not _IS_WHOLE[kind](content):
        words = _("This %(kind)s is not whole, or is damaged. Save or scan it again.")
        raise NotTaken(words % {"kind": kind.label})
    if OTHER_KINDS.search(content[:BEGINNING]) or _is_also_an_archive(content):
        words = _("This %(kind)s holds a file of another kind. Save or scan it again.")
        raise NotTaken(words % {"kind": kind.label})
    suffix = PurePosixPath(name).suffix.lower()
    if suffix and SUFFIXES.get(suffix) is not kind:
        words = _("The name ends in %(suffix)s, but the file is a %(kind)s. Save it anew.")
        raise NotTaken(words % {"suffix": suffix[:12], "kind": kind.label})
    return kind


def _kind(content: bytes) -> ContentType:
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    raise NotTaken(_("This is no PDF, JPEG or PNG. Choose a file of one of these kinds."))


def _is_whole_pdf(content: bytes) -> bool:
    """Whether the end mark closes the file; behind it are blanks at most, and no second file."""
    end = content[-PDF_TAIL:]
    before, mark, behind = end.rpartition(b"%%EOF")
    return bool(mark) and b"startxref" in before and not behind.strip(b" \t\r\n\x00")


def _is_whole_png(content: bytes) -> bool:
    """Whether chunk follows chunk from IHDR to IEND, each with its checksum, and nothing after."""
    at, kind, has_data = len(PNG_SIGNATURE), b"", False
    if content[at + 4 : at + 8] != b"IHDR":
        return False
    while kind != b"IEND":
        kind, end = content[at + 4 : at + 8], at + 12 + int.from_bytes(content[at : at + 4])
        checksum = int.from_bytes(content[end - 4 : end])
        if end > len(content) or zlib.crc32(memoryview(content)[at + 4 : end - 4]) != checksum:
            return False
        has_data = has_data or kind == b"IDAT"
        at = end
    return has_data and at == len(content)


def _is_whole_jpeg(content: bytes) -> bool:
    """Whether segments lead to a frame, its scans, and the end of the image.

    Phones write more behind the end; that is taken unless it begins as a file of another kind.
    """
    end = _end_of_jpeg(content)
    behind = content[end : end + BEGINNING]
    return bool(end) and not OTHER_KINDS.search(behind) and b"%PDF-" not in behind


def _end_of_jpeg(content: bytes) -> int:
    """Return where the image ends, just after its end mark; 0 where it does not."""
    at, has_frame, has_scan = 2, False, False
    while at + 1 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == END_OF_IMAGE:
            return at + 2 if has_frame and has_scan else 0
        if marker == 0xFF:
            at += 1
            continue
        has_frame, has_scan = has_frame or marker in FRAMES, has_scan or marker == SCAN
        at += 2 if marker in ALONE else 2 + max(2, int.from_bytes(content[at + 2 : at + 4]))
        if marker == SCAN:
            at = _next_marker(content, at)
    return 0


def _next_marker(content: bytes, at: int) -> int:
    found = MARKER.search(content, at)
    return found.start() if found else len(content)


def _is_also_an_archive(content: bytes) -> bool:
    """Whether a zip reader, which looks from the end, would open it."""
    tail = content[-(ZIP_END_SIZE + LONGEST_ZIP_COMMENT) :]
    at = tail.rfind(ZIP_END)
    if at < 0:
        return False
    return len(tail) - at - ZIP_END_SIZE == int.from_bytes(tail[at + 20 : at + 22], "little")


_STARTS = {
    b"%PDF-": ContentType.PDF,
    PNG_SIGNATURE: ContentType.PNG,
    JPEG_START: ContentType.JPEG,
}
_IS_WHOLE = {
    ContentType.PDF: _is_whole_pdf,
    ContentType.PNG: _is_whole_png,
    ContentType.JPEG: _is_whole_jpeg,
}
