"""What is missing besides seats and hours: agreements, questions, authorization, past rosters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from groups.enrolling.checks import Check
from groups.enrolling.choices import Choice
from groups.enrolling.forms import EnrollForm
from groups.wording import short_day
from programs.agreements.missing import Missing, what_is_missing
from programs.agreements.papers import agreements_of
from programs.models import AgreementKind, ConsentPurpose


@dataclass(frozen=True)
class Papers:
    """The kinds of agreement in force on the first day, and what somebody was ever asked."""

    signed: frozenset[str]
    asked: frozenset[str]

    @property
    def has_agreement(self) -> bool:
        """Whether the program agreement is on record."""
        return AgreementKind.PROGRAM in self.signed


def papers_of(form: EnrollForm) -> Papers:
    """Return what is on record of somebody known; nothing of somebody new."""
    if form.known is None:
        return Papers(frozenset(), frozenset())
    in_force = agreements_of(form.known).in_force(form.first_on())
    return Papers(
        signed=frozenset(in_force.values_list("kind", flat=True)),
        asked=frozenset(each.purpose for each in form.known.consents.all()),
    )


def paper_checks(form: EnrollForm, papers: Papers, ticked: Sequence[Choice]) -> Iterator[Check]:
    """Yield what warns about papers; none of it stops."""
    yield _agreement(papers, is_signed_now=bool(form.says("agreement")))
    if any(choice.group.video_link for choice in ticked):
        yield _telehealth(papers.signed)
    asked = papers.asked | {ConsentPurpose.REMINDERS}
    yield from _questions(asked)
    yield _warn(_("Authorization"), _("none yet; add it after enrolling"))
    if form.first_on() < form.today:
        words = _("past rosters stay: they are expected from %(day)s on")
        yield _warn(_("First day is over"), words % {"day": short_day(form.today)})


def _agreement(papers: Papers, *, is_signed_now: bool) -> Check:
    title = str(AgreementKind.PROGRAM.label)
    if papers.has_agreement:
        return Check("ok", "circle-check", title, _("on record"))
    if is_signed_now:
        return Check("ok", "circle-check", title, _("signed on paper today"))
    return _warn(title, _("not signed yet"))


def _telehealth(signed: Collection[str]) -> Check:
    title = str(AgreementKind.TELEHEALTH.label)
    if AgreementKind.TELEHEALTH in signed:
        return Check("ok", "circle-check", title, _("agreement on record"))
    return _warn(title, _("a chosen group has a video link, and no agreement is on record"))


def _questions(asked: Collection[str]) -> Iterator[Check]:
    """Yield the purposes that nobody asked about yet; the page on consents asks."""
    missing = what_is_missing(signed=[AgreementKind.PROGRAM], asked=asked)
    if missing:
        purposes = [str(PURPOSES[each]).lower() for each in missing if each in PURPOSES]
        words = _("not asked yet: %(purposes)s")
        yield _warn(_("Other consents"), words % {"purposes": get_text_list(purposes, _("and"))})


def _warn(title: str, text: str) -> Check:
    return Check("warn", "triangle-alert", title, text)


PURPOSES = {
    Missing.OUTREACH: ConsentPurpose.OUTREACH.label,
    Missing.FOLLOW_UP: ConsentPurpose.FOLLOW_UP.label,
}
