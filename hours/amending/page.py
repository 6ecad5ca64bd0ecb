"""The page on which a record is amended: every version, the form, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from attendance.amending.refusals import NotAmended
from attendance.amending.versions import Version, versions_of
from attendance.sheet.rows import in_words
from hours.amending.case import Case
from hours.amending.comparing import Correction
from hours.amending.effect_words import EffectWords, effect_words
from hours.amending.forms import AmendForm
from hours.amending.preview import effect_of


@dataclass(frozen=True)
class Shown:
    """What would change, in words; `token` says of which change, so that no other is saved.

    `problems` are why it cannot be worked out.
    """

    before: str = ""
    after: str = ""
    effect: EffectWords | None = None
    problems: tuple[str, ...] = ()
    token: str = ""


@dataclass(frozen=True)
class AmendPage:
    """Everything the template reads; `form` only for who may amend."""

    case: Case
    versions: tuple[Version, ...]
    says_now: str
    form: AmendForm | None
    shown: Shown
    asks_again: bool

    @property
    def is_left_out(self) -> bool:
        """Nothing is on record of them in this session."""
        return not self.case.person.state.has_record and len(self.versions) == 1


def amend_page(
    case: Case, form: AmendForm | None, shown: Shown, *, asks_again: bool = False
) -> AmendPage:
    """Return the page; `asks_again` where somebody wanted to save what they had not been shown."""
    person = case.person
    return AmendPage(
        case=case,
        versions=versions_of(case.session, person.participant, person.state, case.clock),
        says_now=in_words(person.state, case.clock),
        form=form,
        shown=shown,
        asks_again=asks_again,
    )


def correction_of(case: Case, form: AmendForm) -> Correction | None:
    """Return what the form asks for; None where it cannot be read."""
    target = form.read()
    if target is None:
        return None
    return Correction(
        session=case.amendable,
        participant=case.person.participant,
        target=target,
        reason=form.cleaned_data.get("reason", ""),
        seen=case.person.state,
    )


def shown_of(case: Case, form: AmendForm, *, by: User, now: datetime) -> Shown:
    """Work out what the form would change; nothing of it stays."""
    correction = correction_of(case, form)
    if correction is None:
        return Shown(problems=tuple(form.problems))
    try:
        effect = effect_of(correction, by=by, now=now)
    except NotAmended as refused:
        return Shown(problems=(str(refused.words),))
    return Shown(
        before=in_words(case.person.state, case.clock),
        after=in_words(correction.target, case.clock),
        effect=effect_words(effect, program=case.program.name),
        token=token_of(correction),
    )


def token_of(correction: Correction) -> str:
    """Return what the change is from and to, as the sheet writes states."""
    return f"{correction.seen}>{correction.target}"


def said_after(sentence: str) -> str:
    """Return the line that says that it is saved, with what it changed."""
    return " ".join(filter(None, (_("The record is amended."), sentence)))
