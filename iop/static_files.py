"""Which files of other packages are served: an allow-list, not whole folders of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import django_htmx
from bootstrap_wrapper import get_bootstrap_dir
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

CHOSEN: dict[str, Path] = {
    "bootstrap/bootstrap.min.css": Path(get_bootstrap_dir()) / "css" / "bootstrap.min.css",
    "htmx/htmx-2.min.js": Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js",
}


class ChosenFiles(BaseFinder):
    """Finds exactly the files named in CHOSEN, under the names given there."""

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        source = CHOSEN.get(path)
        if source is None:
            return []  # as Django's own finders say that they have none
        return [str(source)] if find_all else str(source)

    def list(self, ignore_patterns) -> Iterator[tuple[str, Storage]]:
        for name, source in CHOSEN.items():
            storage = FileSystemStorage(location=source.parent)
            # collectstatic puts a file under prefix/name: the prefix is our folder for it.
            storage.prefix = str(Path(name).parent)  # type: ignore[attr-defined]
            yield source.name, storage


def _without_source_maps(patterns: tuple) -> tuple:
    return tuple(
        (files, tuple(each for each in found if "sourceMappingURL" not in str(each)))
        for files, found in patterns
    )


class FingerprintedFiles(CompressedManifestStaticFilesStorage):
    """Compressed files named by their content; source maps are not served, nor asked for."""

    # Modules import one another by their fingerprinted names too.
    support_js_module_import_aggregation = True
    patterns = _without_source_maps(CompressedManifestStaticFilesStorage.patterns)
