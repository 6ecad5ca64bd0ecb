"""The pages of uploads: who may, what they say, what they take in, and how far it is."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from attendance.clinic_folder.steps import STEPS
from attendance.clinic_upload import views
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus
from programs.models import Participant, Program, Role
from tests import build
from tests.attendance.prairie import FILES, edit, problems_of
from tests.attendance.uploads import SMALL, a_zip, checked, imported, received, sent

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    return settings.UPLOADS_ROOT


@pytest.fixture
def url(program: Program) -> str:
    return f"/import/{program.public_id}/"


@pytest.fixture
def client(client_of: ClientOf, director: User) -> Client:
    return client_of(director)


def page_of(client: Client, url: str, upload: ClinicUpload) -> str:
    return client.get(f"{url}{upload.public_id}/").text


@pytest.mark.parametrize("role", Role)
def test_only_directors(role: Role, client_of: ClientOf, program: Program, url: str):
    person = build.a_colleague(program, role)
    upload = checked(received(person, SMALL)) if role == Role.DIRECTOR else None
    status = 200 if upload else 403
    mine = f"{url}{upload.public_id if upload else program.public_id}/"
    client = client_of(person)
    for address in (url, mine, f"{url}empty-folder/"):
        assert client.get(address).status_code == status, address
    assert client.post(url, {"chosen": a_zip(SMALL)}).status_code == (302 if upload else 403)
    assert client.post(f"{mine}drop/").status_code == (302 if upload else 403)
    assert client.post(f"{mine}import/").status_code == (302 if upload else 403)
    assert ClinicUpload.objects.count() == (2 if upload else 0)


def test_who_works_elsewhere_or_did_not_send_it_finds_nothing(
    client_of: ClientOf, director: User, stranger: User, program: Program, url: str
):
    files = {"clinic.toml": '[clinic]\nname = "Prairie Clinic"'}
    upload = checked(received(director, files))
    another = build.a_colleague(program, Role.DIRECTOR)
    mine = f"{url}{upload.public_id}/"
    assert client_of(stranger).get(url).status_code == 404
    for person in (stranger, another):
        client = client_of(person)
        assert client.get(mine).status_code == 404
        assert client.post(f"{mine}drop/").status_code == 404
        assert client.post(f"{mine}import/").status_code == 404
    upload.refresh_from_db()
    assert upload.status == UploadStatus.READY
    assert mine not in client_of(another).get(url).text
    assert Client().get(url).status_code == 302


def test_before_anything_was_sent_it_says_what_to_do(client: Client, url: str):
    page = client.get(url).text
    assert "Nothing was sent yet." in page
    assert "attendance.csv" in page
    assert "clinic.toml [[programs.rules]]" in page
    assert "<title>Import · Prairie Clinic</title>" in page.replace("\n", "")


def test_from_sending_to_what_is_imported(client: Client, director: User, url: str):
    files = dict(FILES)
    answer = client.post(url, {"folder": [sent(name, text) for name, text in files.items()]})
    upload = ClinicUpload.objects.get()
    assert answer.url == f"{url}{upload.public_id}/"
    assert "Waiting to be checked" in page_of(client, url, upload)
    page = page_of(client, url, checked(upload))
    assert "Ready to be imported" in page
    assert "What would change" in page
    assert '<th scope="row">Participants</th><td class="r">3</td><td class="r">0</td>' in page
    answer = client.post(f"{url}{upload.public_id}/import/", follow=True)
    assert "Waiting to be imported" in answer.text
    assert client.post(f"{url}{upload.public_id}/import/", follow=True).text.count(
        "This is about to be imported already."
    )
    page = page_of(client, url, imported(upload))
    assert "The folder is imported" in page
    assert "What changed" in page
    assert Participant.objects.count() == 3
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs >= {"clinic.uploaded", "clinic.upload_checked", "clinic.imported"}
    told = str(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert not any(name in told for name in ("Ada", "Ruiz", "Prairie", "P1"))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Choose the clinic folder as a zip, or its files."),
        ({"chosen": sent("a.zip", b"no zip")}, "This is not a zip file."),
        ({"chosen": a_zip({"clinic.toml": "", "<b>.csv": ""})}, "“&lt;b&gt;.csv” is not a file"),
        ({"chosen": "text"}, "Choose the clinic folder as a zip, or its files."),
        ({"folder": [sent("clinic.toml", ""), sent("letter.docx", "x")]}, "“letter.docx” is not"),
    ],
)
def test_what_is_not_taken_is_said_at_the_box(form, words: str, client: Client, url: str):
    for file in (each for value in form.values() for each in (value, *value)):
        if hasattr(file, "seek"):
            file.seek(0)
    answer = client.post(url, form)
    assert answer.status_code == 200
    assert answer.text.count(words) == 2
    assert "<title>Error:" in answer.text.replace("\n", "")
    assert not ClinicUpload.objects.exists()


def test_what_is_past_the_limit_is_thrown_away_as_it_arrives(client: Client, url: str, monkeypatch):
    monkeypatch.setattr(views.uploads, "largest_in_all", 5_000)
    files = [sent("clinic.toml", FILES["clinic.toml"]), sent("groups.csv", "x" * 6_000)]
    answer = client.post(url, {"chosen": files})
    assert "A file is larger than 100 MB, or all are larger than 200 MB." in answer.text
    assert not ClinicUpload.objects.exists()


def test_a_large_zip_comes_by_way_of_the_disk(client: Client, url: str, root: Path):
    lines = "\n".join(f"{number:030x}" for number in range(100_000))
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("clinic.toml", FILES["clinic.toml"])
        archive.writestr("leaves.csv", lines)
    assert client.post(url, {"chosen": sent("a.zip", packed.getvalue())}).status_code == 302
    (folder,) = root.iterdir()
    assert (folder / "leaves.csv").read_text() == lines


def test_how_far_it_is_and_nothing_where_nothing_happened(client: Client, director: User, url: str):
    upload = received(director, SMALL)
    facts = {"status": UploadStatus.CHECKING, "step": 2, "steps": len(STEPS)}
    ClinicUpload.objects.filter(pk=upload.pk).update(**facts)
    mine = f"{url}{upload.public_id}/"
    page = client.get(mine).text
    assert f"Step 2 of {len(STEPS)}: reading participants.csv" in page
    assert f'<progress id="upload-progress" max="{len(STEPS)}" value="2"></progress>' in page
    # Asked for by the page itself, it keeps nobody signed in.
    asks = f'hx-get="{mine}?seen=checking-2" hx-headers=\'{{"X-Poll": "1"}}\' hx-trigger="every 1s"'
    assert asks in page
    assert f'href="{mine}"' in page
    htmx = {"HX-Request": "true"}
    assert client.get(f"{mine}?seen=checking-2", headers=htmx).status_code == 204
    fragment = client.get(f"{mine}?seen=checking-1", headers=htmx).text
    assert "Step 2 of" in fragment
    assert "<html" not in fragment
    ClinicUpload.objects.filter(pk=upload.pk).update(status=UploadStatus.WAITING)
    checked(upload)
    fragment = client.get(f"{mine}?seen=checking-2", headers=htmx).text
    assert "What would change" in fragment
    assert "hx-get" not in fragment


def test_what_is_wrong_is_a_list_with_what_would_be_right(client: Client, director: User, url: str):
    files = edit("participants.csv", "P1,Ada,Ruiz", "P1,<Ada>,")
    upload = checked(received(director, files))
    page = page_of(client, url, upload)
    assert "Cannot be imported" in page
    assert "Nothing was imported: 1 problem." in page
    row = "line </span>2</td><td>last_name</td><td>(blank)</td><td>this may not be blank</td>"
    assert row in page
    assert "Import</button>" not in page
    client.post(f"{url}{upload.public_id}/drop/")
    page = page_of(client, url, upload)
    assert "last_name" not in page
    assert "Nothing was imported, and the files are removed here." in page
    assert "1 problem" in client.get(url).text


def test_of_more_than_a_thousand_problems_the_rest_is_counted(
    client: Client, director: User, url: str
):
    bad = "\n".join(f"B{number},,Who,,,,,," for number in range(1_234))
    files = {**SMALL, "participants.csv": f"{FILES['participants.csv']}{bad}\n"}
    page = page_of(client, url, checked(received(director, files)))
    assert "1,234 problems" in page
    assert "The first 1,000 are shown." in page
    assert page.count("<td>participants.csv</td>") == 1_000


def test_nothing_to_change_is_nothing_to_import(client: Client, director: User, url: str):
    imported(checked(received(director, SMALL)))
    for program in Program.objects.exclude(assignments__user=director):
        build.an_assignment(director, program, Role.DIRECTOR)
    page = page_of(client, url, checked(received(director, SMALL)))
    assert "All of it is on record already: nothing would change." in page
    assert "Import</button>" not in page
    assert "Drop</button>" in page


def test_too_late_to_drop(client: Client, director: User, url: str):
    upload = checked(received(director, SMALL))
    ClinicUpload.objects.filter(pk=upload.pk).update(status=UploadStatus.APPLYING)
    answer = client.post(f"{url}{upload.public_id}/drop/", follow=True)
    assert "it is too late to drop it" in answer.text
    ClinicUpload.objects.filter(pk=upload.pk).update(status=UploadStatus.READY)
    answer = client.post(f"{url}{upload.public_id}/drop/", follow=True)
    assert "The upload is dropped. Nothing was imported." in answer.text
    assert "Dropped" in answer.text


def test_the_empty_folder_is_what_the_importer_reads(client: Client, url: str, tmp_path: Path):
    answer = client.get(f"{url}empty-folder/")
    assert answer["Content-Disposition"] == 'attachment; filename="clinic-folder.zip"'
    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == set(FILES)
        assert archive.read("leaves.csv") == b"chart_number,first_on,last_on,reason\r\n"
        archive.extractall(tmp_path / "empty")
    (problem,) = problems_of(tmp_path / "empty")
    assert (problem.place.file, problem.column) == ("clinic.toml", "name")
    toml = tmp_path / "empty" / "clinic.toml"
    toml.write_text(toml.read_text().replace('name = ""', 'name = "Prairie"', 1))
    assert problems_of(tmp_path / "empty") == []


def test_the_number_of_queries_does_not_grow(client: Client, director: User, url: str):
    counts = []
    for more in (1, 2):
        uploads = [checked(received(director, SMALL)) for _ in range(more)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(url).text
        assert page.count("Ready to be imported") == len(ClinicUpload.objects.all())
        with CaptureQueriesContext(connection) as one:
            page_of(client, url, uploads[0])
        counts.append((len(asked), len(one)))
    assert counts[0] == counts[1]
