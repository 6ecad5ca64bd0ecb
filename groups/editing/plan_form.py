"""What every form here has: the preview that was looked at, and the words where it is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from groups.moving.change_form import ChangeForm
from programs.models import Program
from programs.weeks import local_date


class PlanForm(ChangeForm):
    """A change that is previewed; `shown` tells which preview the person has before them."""

    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, program: Program, now: datetime, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.program, self.now = program, now
        self.today = local_date(now, program.zone)

    def missing(self) -> list[str]:
        """What is wrong or missing, in words, each once."""
        words = [str(error) for errors in self.errors.values() for error in errors]
        return list(dict.fromkeys(words))

    def forget_errors(self) -> None:
        """Keep what was typed and say nothing about it yet: it is not being sent."""
        self._errors = ErrorDict()
