"""The house as a Django app: it brings the demo command and the home page."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "iop"
    label = "iop"
