"""Whether a file is text in UTF-8, found out without holding more of it than a piece."""

from __future__ import annotations

import codecs
from pathlib import Path

from django.utils.translation import gettext as _

from attendance.clinic_folder.problems import Place, Problem

A_PIECE = 1 << 20
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """The file cannot be read (further); it holds the problem to show."""

    def __init__(self, place: Place, words: str, column: str = "", value: str = "") -> None:
        super().__init__(words)
        self.problem = Problem(place, column, value, words)


def check_text(path: Path) -> None:
    """Raise Unreadable with the line and the reason, where the file is not text in UTF-8."""
    try:
        _check(path)
    except OSError as error:
        raise Unreadable(Place(path.name), _cannot_open(error)) from None


def read_text(path: Path) -> str:
    """Return the text of a small file. Raises Unreadable with the reason."""
    check_text(path)
    return path.read_bytes().decode("utf-8-sig")


def _check(path: Path) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, is_first = 1, True
    with path.open("rb") as file:
        while True:
            piece = file.read(A_PIECE)
            if is_first and piece.startswith(UTF_16):
                raise Unreadable(Place(path.name), _("This is UTF-16. Save the file as UTF-8."))
            _decode(decoder, piece, Place(path.name, line))
            if not piece:
                return
            line, is_first = line + piece.count(b"\n"), False


def _decode(decoder: codecs.IncrementalDecoder, piece: bytes, begins: Place) -> None:
    """Decode one more piece (the last is empty), or say at which line it is not text."""
    try:
        text = decoder.decode(piece, final=not piece)
    except UnicodeDecodeError as error:
        line = begins.line + error.object.count(b"\n", 0, error.start)
        wrong = _("This is not UTF-8 (byte %(byte)s). Save the file as UTF-8.")
        byte = f"0x{error.object[error.start]:02X}"
        raise Unreadable(Place(begins.file, line), wrong % {"byte": byte}) from None
    if "\x00" in text:
        line = begins.line + text.count("\n", 0, text.index("\x00"))
        raise Unreadable(Place(begins.file, line), _("There is a NUL character. Take it out."))


def _cannot_open(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return _("This is a folder. Put a file of that name here.")
    return _("The file cannot be opened: %(reason)s.") % {"reason": error.strerror or error}
