"""Why a week is not closed, in words."""

from __future__ import annotations


class NotClosed(Exception):
    """The week stays open: it is not over, no rule covers it, or it is closed already."""
