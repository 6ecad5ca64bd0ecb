"""How large a file a page takes. The rest of a larger one is thrown away as it arrives.

Django sets no limit to a file, and reads the whole form before any view is asked (it looks for
the form's token). So the limit is held while the bytes come in: what is past it is neither in
memory nor on disk, and the other fields of the form are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

# Where a page does not say, in bytes.
USUAL_LIMIT = 100 * 1024 * 1024
View = Callable[..., HttpResponse]


def takes_files_up_to(limit: int, *, in_all: int = USUAL_LIMIT) -> Callable[[View], View]:
    """Mark a view: it takes files of at most so many bytes each. Stands over all other guards.

    `in_all` is the most for all files of one request.
    """

    def mark(view: View) -> View:
        view.largest_file, view.largest_in_all = limit, in_all  # type: ignore[attr-defined]
        return view

    return mark


def too_large(request: HttpRequest) -> frozenset[str]:
    """Return the names of the fields whose file was larger than the page takes."""
    _ = request.POST  # from here on it is known
    return frozenset(getattr(request, "files_thrown_away", ()))


class NoMoreThanItsPageTakes(FileUploadHandler):
    """Lets a file's bytes through up to the limit of the page they are sent to."""

    received = received_in_all = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        self.received_in_all += len(raw_data)
        is_too_much = self.received_in_all > self._limit("largest_in_all")
        if is_too_much or self.received > self._limit("largest_file"):
            self._throw_away()
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave it to the next handler to make a file of it."""

    def _limit(self, name: str) -> int:
        match = getattr(self.request, "resolver_match", None)
        return getattr(match and match.func, name, USUAL_LIMIT)

    def _throw_away(self) -> None:
        thrown: frozenset = getattr(self.request, "files_thrown_away", frozenset())
        self.request.files_thrown_away = thrown | {self.field_name}  # type: ignore[union-attr]
