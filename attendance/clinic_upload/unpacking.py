"""Takes a zip apart: only files of a clinic folder, and never more than may be.

Nothing that the zip says of itself is believed: sizes are counted while bytes come out, and no
name of an entry is ever a path here.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from attendance.clinic_upload.folders import Filling
from attendance.clinic_upload.limits import (
    LARGEST_IN_ALL,
    LARGEST_ZIP,
    MB,
    MOST_ENTRIES,
    MOST_UNPACKED,
    CannotUpload,
)
from attendance.clinic_upload.names import is_junk, known, shown

A_PIECE = 1 << 16
# The end of a zip's list of entries, and what may follow it: a comment.
END, END_BYTES, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
ZIP_64 = b"PK\x06\x07"
ENCRYPTED = 0x1
# The list of so few entries is small; a list of thousands would fill the memory when read.
LARGEST_LIST = 64 * 1024
DAMAGED = (BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, KeyError)


def unpack(file: IO[bytes], size: int, filling: Filling) -> None:
    """Write the zip's files into the folder. Raises CannotUpload."""
    if size > LARGEST_ZIP:
        words = _("The zip is larger than %(most)d MB. Send the single files instead.")
        raise CannotUpload(words % {"most": LARGEST_ZIP // MB})
    _check_list(file, size)
    at_most = min(LARGEST_IN_ALL, max(MB, size * MOST_UNPACKED))
    try:
        with ZipFile(file) as archive:
            for name, entry in _entries(archive).items():
                filling.write(name, _pieces(archive, entry), at_most=at_most)
    except NotImplementedError as refused:
        raise CannotUpload(
            _("The zip is packed in a way we do not read. Zip it anew.")
        ) from refused
    except (*DAMAGED, RuntimeError) as refused:
        raise CannotUpload(_("The zip is damaged. Zip the folder anew.")) from refused


def _check_list(file: IO[bytes], size: int) -> None:
    """Refuse what is no zip, and a list of entries too long to be read, before it is read."""
    file.seek(max(0, size - END_BYTES - LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_BYTES:
        raise CannotUpload(_("This is not a zip file. Zip the clinic folder, or send its files."))
    entries, list_bytes = struct.unpack_from("<HL", tail, at + 10)
    if tail.count(END) > 1 or ZIP_64 in tail[max(0, at - 20) : at]:
        raise CannotUpload(_packed_otherwise())
    if entries > MOST_ENTRIES or list_bytes > LARGEST_LIST:
        raise CannotUpload(_too_many())


def _packed_otherwise() -> str:
    return _("The zip is packed in a way we do not read. Zip the folder anew.")


def _too_many() -> str:
    words = _("The zip holds more than %(most)d files. A clinic folder has ten.")
    return words % {"most": MOST_ENTRIES}


def _pieces(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as opened:
        while piece := opened.read(A_PIECE):
            yield piece


def _entries(archive: ZipFile) -> dict[str, ZipInfo]:
    """Return the files by their name in the clinic folder.

    Who zips a folder gets its name before each file's: one and the same is taken away.
    """
    entries = [entry for entry in archive.infolist() if not is_junk(entry.filename)]
    if len(entries) > MOST_ENTRIES:
        raise CannotUpload(_too_many())
    if len({_above(entry) for entry in entries}) > 1:
        raise CannotUpload(_("The zip has folders in it. Zip the files of one folder only."))
    found: dict[str, ZipInfo] = {}
    for entry in entries:
        if not entry.is_dir():
            name = known(entry.filename.rpartition("/")[2])
            if name in found:
                raise CannotUpload(_("%(file)s is in the zip twice.") % {"file": name})
            found[name] = _checked(entry)
    return found


def _above(entry: ZipInfo) -> str:
    """Return the folder in which the entry lies, which is a plain name or nothing."""
    above, slash, name = entry.filename.partition("/")
    path = ("", above) if not slash else (above, name)
    is_plain = path[0] not in (".", "..") and "/" not in path[1] and "\\" not in entry.filename
    if not is_plain or (slash and not above) or ":" in entry.filename:
        words = _("%(file)s: the zip has a path in it. Zip the files of the folder only.")
        raise CannotUpload(words % {"file": shown(entry.filename)})
    return path[0]


def _checked(entry: ZipInfo) -> ZipInfo:
    names = {"file": shown(entry.filename)}
    if entry.flag_bits & ENCRYPTED:
        raise CannotUpload(_("The zip asks for a password. Zip the folder without one."))
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        raise CannotUpload(_("%(file)s is a link, not a file. Put the file itself in.") % names)
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotImplementedError
    return entry
