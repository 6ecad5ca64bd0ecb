"""Small files for the tests of documents: whole ones, made by hand, and a form that sends one."""

from __future__ import annotations

import struct
import uuid
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n"
    b"<</Type/Pages/Kids[]/Count 0>>\nendobj\nxref\n0 3\ntrailer\n<</Root 1 0 R/Size 3>>\n"
    b"startxref\n110\n%%EOF\n"
)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG, with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def segment(marker: int, data: bytes) -> bytes:
    """Return a segment of a JPEG, with its length."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


PNG_HEAD = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PNG_DATA = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
PNG_END = chunk(b"IEND", b"")
PNG = b"\x89PNG\r\n\x1a\n" + PNG_HEAD + PNG_DATA + PNG_END
JFIF = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
FRAME = segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
JPEG = b"\xff\xd8" + JFIF + FRAME + SCAN + b"\xff\xd9"


def a_file(content: bytes = PDF, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def a_post(content: bytes = PDF, file: str = "letter.pdf", **fields: Any) -> dict[str, Any]:
    """Return what the form of a new document sends: a referral, unless told otherwise."""
    filled = {"key": str(uuid.uuid4()), "kind": "referral", "name": "", **fields}
    return {**filled, "paper": a_file(content, file)}
