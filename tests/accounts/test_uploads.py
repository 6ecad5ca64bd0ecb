"""A file too large for its page is thrown away while it comes in; everything else is kept."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts import uploads
from accounts.uploads import takes_files_up_to, too_large

KB = 1024


@takes_files_up_to(100 * KB)
def a_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def sent(view, **fields) -> HttpRequest:
    """Return a request with these fields that the site map leads to the view."""
    request = RequestFactory().post("/", fields)
    request.resolver_match = SimpleNamespace(func=view)  # type: ignore[assignment]
    return request


def a_file(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.bin", b"x" * size)


# In memory, as small forms are, and by way of the disk, as large ones are.
@pytest.mark.parametrize("largest_in_memory", [2_500 * KB, 0])
def test_only_the_large_one_is_thrown_away(settings, tmp_path, largest_in_memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = largest_in_memory
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request = sent(a_view, first=a_file(300 * KB), second=a_file(100 * KB), word="kept")
    assert too_large(request) == {"first"}
    assert request.POST["word"] == "kept"
    assert list(request.FILES) == ["second"]
    assert request.FILES["second"].size == 100 * KB  # type: ignore[union-attr]
    request.close()
    assert list(tmp_path.iterdir()) == []


def test_one_byte_decides():
    assert too_large(sent(a_view, file=a_file(100 * KB + 1))) == {"file"}
    assert too_large(sent(a_view, file=a_file(100 * KB))) == frozenset()


def test_another_page_and_none_at_all_take_the_usual(monkeypatch):
    monkeypatch.setattr(uploads, "USUAL_LIMIT", 200 * KB)
    view = lambda request: HttpResponse()  # noqa: E731
    assert too_large(sent(view, file=a_file(201 * KB))) == {"file"}
    unknown = RequestFactory().post("/", {"file": a_file(201 * KB)})
    assert too_large(unknown) == {"file"}
    assert too_large(sent(view, file=a_file(199 * KB))) == frozenset()


def test_a_form_without_files_has_none_too_large():
    assert too_large(RequestFactory().post("/", {"word": "yes"})) == frozenset()
    assert too_large(RequestFactory().get("/")) == frozenset()
