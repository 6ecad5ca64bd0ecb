"""The house: settings, addresses, the queue, the demo. No app imports from here."""

import os

from iop.secret_files import read_secret_files

read_secret_files(os.environ)  # before settings are read

from iop.celery import app as celery_app  # noqa: E402

__all__ = ["celery_app"]
