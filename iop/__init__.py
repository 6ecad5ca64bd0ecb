"""The house: settings, addresses, the queue, the demo. No app imports from here."""

from iop.celery import app as celery_app

__all__ = ["celery_app"]
