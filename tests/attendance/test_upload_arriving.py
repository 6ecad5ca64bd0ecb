"""What is sent is taken only as a clinic folder: zips that lie, climb or explode are refused."""

from __future__ import annotations

import io
import stat
import struct
import tracemalloc
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from accounts.models import AuditEvent, User
from attendance.clinic_upload.actions.receiving import receive_upload
from attendance.clinic_upload.limits import MB, MOST_UNDECIDED, CannotUpload
from attendance.models import ClinicUpload
from programs.models import Role
from tests import build
from tests.attendance.prairie import FILES, NOW
from tests.attendance.uploads import SMALL, a_zip, received, sent, zip_of

pytestmark = pytest.mark.django_db
CLINIC = FILES["clinic.toml"]


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    return settings.UPLOADS_ROOT


def refusal(by: User, *files) -> str:
    """Send the files; return why they are refused, after which nothing of them is left."""
    with pytest.raises(CannotUpload) as refused:
        receive_upload(files=files, now=NOW, by=by)
    assert not ClinicUpload.objects.exists()
    assert not AuditEvent.objects.exists()
    return str(refused.value)


def test_a_zip_is_kept_for_nobody_else(director: User, root: Path):
    upload = received(director)
    folder = root / upload.stored_name
    assert {each.name for each in folder.iterdir()} == {*FILES, "language"}
    assert (folder / "clinic.toml").read_text() == CLINIC
    modes = {stat.S_IMODE(each.stat().st_mode) for each in folder.glob("*.csv")}
    assert modes == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(root.stat().st_mode) == 0o700
    assert upload.size_bytes == sum(len(text.encode()) for text in FILES.values())
    told = AuditEvent.objects.get(verb="clinic.uploaded")
    assert (told.by, told.subject_id) == (director, upload.public_id)


def test_single_files_and_a_folder_that_was_zipped_whole_are_taken(director: User, root: Path):
    whole = {f"prairie/{name}": text for name, text in SMALL.items()}
    whole |= {"prairie/.DS_Store": "x", "__MACOSX/prairie/._clinic.toml": "x", "prairie/": ""}
    single = [sent(name, text) for name, text in SMALL.items()] + [sent("Thumbs.db", "x")]
    for files in ([a_zip(whole)], single):
        upload = receive_upload(files=files, now=NOW, by=director)
        kept = {each.name for each in (root / upload.stored_name).iterdir()}
        assert kept == {*SMALL, "language"}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"../clinic.toml": CLINIC}, "has a path in it"),
        ({"clinic.toml": CLINIC, "../../etc/cron.d/groups.csv": "x"}, "has a path in it"),
        ({"/clinic.toml": CLINIC}, "has a path in it"),
        ({"..\\clinic.toml": CLINIC}, "has a path in it"),
        ({"c:clinic.toml": CLINIC}, "has a path in it"),
        ({"a/b/clinic.toml": CLINIC}, "has a path in it"),
        ({"clinic.toml": CLINIC, "more/groups.csv": "x"}, "has folders in it"),
        ({"clinic.toml": CLINIC, "notes.txt": "x"}, "“notes.txt” is not a file of a clinic"),
        ({"clinic.toml": CLINIC, "inner.zip": b"PK"}, "“inner.zip” is not a file of a clinic"),
        ({"clinic.toml": CLINIC, "groups.csv": zip_of({"a": "b"})}, "groups.csv is an archive"),
        ({"groups.csv": "x"}, "clinic.toml is missing"),
        ({f"{number}.csv": "x" for number in range(51)}, "more than 50 files"),
        ({}, "clinic.toml is missing"),
        ({"clinic.toml": CLINIC + "#" * MB}, "clinic.toml is larger than 0.5 MB"),
        ({"clinic.toml": CLINIC, "groups.csv": "\n" * 300_001}, "more than 300,000 lines"),
        ({"clinic.toml": CLINIC, "groups.csv": b"x" * 40 * MB}, "larger than"),
    ],
)
def test_zips_that_are_no_clinic_folder(files, words: str, director: User, root: Path):
    assert words in refusal(director, a_zip(files))
    assert list(root.iterdir()) == []
    assert {each.name for each in root.parent.iterdir()} == {"uploads"}


def altered(**changes) -> bytes:
    """Return a zip whose one entry is written as asked."""
    packed, entry = io.BytesIO(), ZipInfo("clinic.toml")
    for name, value in changes.items():
        setattr(entry, name, value)
    with ZipFile(packed, "w") as archive:
        archive.writestr(entry, CLINIC)
    return packed.getvalue()


def encrypted() -> bytes:
    """Return a zip whose list of entries says that they are encrypted."""
    plain = bytearray(zip_of(SMALL))
    at = plain.index(b"PK\x01\x02")
    struct.pack_into("<H", plain, at + 8, 1)
    return bytes(plain)


def listing(entries: int) -> bytes:
    """Return a zip that is little more than a long list, and says that it lists one entry."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for number in range(entries):
            archive.writestr(ZipInfo(f"{number}"), b"")
    content = bytearray(packed.getvalue())
    struct.pack_into("<HH", content, len(content) - 14, 1, 1)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a zip file"),
        (b"%PDF-1.7 and so on", "not a zip file"),
        (b"PK\x05\x06", "not a zip file"),
        (zip_of(SMALL)[:-30], "not a zip file"),
        (zip_of(SMALL).replace(b"PK\x03\x04", b"PK\x00\x00"), "damaged"),
        (zip_of(SMALL)[:40] + b"\xff" * 60 + zip_of(SMALL)[100:], "damaged"),
        (encrypted(), "asks for a password"),
        (altered(external_attr=(stat.S_IFLNK | 0o777) << 16), "is a link"),
        (altered(compress_type=ZIP_BZIP2), "packed in a way we do not read"),
        (zip_of(SMALL) + zip_of(SMALL), "packed in a way we do not read"),
        (listing(3_000), "more than 50 files"),
    ],
)
def test_what_is_no_whole_plain_zip(content: bytes, words: str, director: User, root: Path):
    assert words in refusal(director, sent("folder.zip", content))
    assert list(root.iterdir()) == []


def test_twice_the_same_file(director: User):
    twice = zip_of({"clinic.toml": CLINIC, "clinic.tom_": CLINIC}).replace(b"tom_", b"toml")
    assert "twice" in refusal(director, sent("folder.zip", twice))
    assert "twice" in refusal(director, sent("clinic.toml", CLINIC), sent("clinic.toml", CLINIC))


def test_a_bomb_is_stopped_while_it_unpacks(director: User, root: Path):
    """It says it holds a megabyte, and holds a hundred and more: neither is ever in memory."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        with archive.open("participants.csv", "w") as entry:
            for _ in range(120):
                entry.write(b"\0" * MB)
        archive.writestr("clinic.toml", CLINIC)
    content = packed.getvalue()
    assert len(content) < MB
    lying = content.replace(struct.pack("<L", 120 * MB), struct.pack("<L", MB))
    tracemalloc.start()
    try:
        for bomb in (content, lying):
            assert refusal(director, sent("folder.zip", bomb))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * MB
    assert list(root.iterdir()) == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Choose the clinic folder"),
        ([sent(".DS_Store", "x")], "Choose the clinic folder"),
        ([a_zip(SMALL), sent("groups.csv", "x")], "not both"),
        ([sent("clinic.toml", CLINIC), sent("Groups.csv", "x")], "“Groups.csv” is not a file"),
        ([sent("clinic.toml", zip_of(SMALL))], "clinic.toml is an archive"),
        ([sent("participants.csv", "x")], "clinic.toml is missing"),
    ],
)
def test_single_files_that_are_no_clinic_folder(files, words: str, director: User):
    assert words in refusal(director, *files)


def test_a_folder_for_programs_of_others_is_refused_without_their_names(
    program, director: User, stranger: User
):
    elsewhere = CLINIC.replace('"evening"', '"evening-iop"').replace('"day"', '"day-php"')
    for words in (
        refusal(director, a_zip({"clinic.toml": elsewhere})),
        refusal(director, a_zip({"clinic.toml": CLINIC.replace("day =", "day-php =")})),
        refusal(director, a_zip({"clinic.toml": '[[closures]]\nprogram = "day-php"'})),
    ):
        assert words == "The folder names programs you do not direct."
    for role in (Role.CLINICIAN, Role.ADMISSIONS):
        somebody = build.a_colleague(program, role)
        assert "do not direct" in refusal(
            somebody, a_zip({"clinic.toml": CLINIC.replace('code = "day"', 'code = "evening-iop"')})
        )
    assert received(director, {"clinic.toml": CLINIC.replace('"evening"', '"evening-iop"')})


def test_nobody_fills_the_disk(director: User, root: Path):
    for _ in range(MOST_UNDECIDED):
        received(director, SMALL)
    with pytest.raises(CannotUpload, match="wait to be imported or dropped"):
        received(director, SMALL)
    assert len(list(root.iterdir())) == ClinicUpload.objects.count() == MOST_UNDECIDED


@pytest.mark.usefixtures("audit_fails")
def test_nothing_is_kept_when_the_trail_cannot_be_written(director: User, root: Path):
    with pytest.raises(Exception, match="audit_fails"):
        received(director, SMALL)
    assert not ClinicUpload.objects.exists()
    assert list(root.iterdir()) == []
