"""What people said beforehand of today's sessions: how many come, and who cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.beforehand import Beforehand, said_on
from attendance.marks import MarkLook
from attendance.today.desk import Desk
from groups.day_roster import Expected
from programs.models import Participant
from programs.names import roster_names

# A page shows as many names at a glance; the sheet has them all.
A_GLANCE = 6


@dataclass(frozen=True)
class SaidNo:
    """Somebody expected who said that they cannot come, by their name on this session's roster."""

    participant: Participant
    name: str
    said: Beforehand


@dataclass(frozen=True)
class Answers:
    """What those expected at one session have said of the day."""

    coming: int = 0
    silent: int = 0
    no: tuple[SaidNo, ...] = ()

    @classmethod
    def of(cls, expected: Sequence[Expected], said: Mapping[int, Beforehand]) -> Answers:
        """Count everybody once, by what they said."""
        words = [(each.participant, said.get(each.participant.pk)) for each in expected]
        names = roster_names(who for who, _word in words)
        return cls(
            coming=sum(word is not None and word.is_coming for _who, word in words),
            silent=sum(word is None for _who, word in words),
            no=tuple(
                SaidNo(who, names[who.chart_number], word)
                for who, word in words
                if word and word.cannot_come
            ),
        )


@dataclass(frozen=True)
class SaidRow:
    """One name under a session, with the chip of what they said."""

    name: str
    url: str
    look: MarkLook


@dataclass(frozen=True)
class SaidList:
    """Who cannot come, under a session; `more` names are not shown."""

    rows: tuple[SaidRow, ...] = ()
    more: str = ""


def answers_of(
    expected: Mapping[int, Sequence[Expected]], day: date
) -> tuple[dict[int, Answers], dict[int, Beforehand]]:
    """Return what was said by session, and by person; one statement for all of them."""
    people = [each.participant for several in expected.values() for each in several]
    said = said_on(people, day)
    return {session: Answers.of(several, said) for session, several in expected.items()}, said


def in_words(answers: Answers) -> list[str]:
    """Return the counts, such as `5 confirmed`; nothing where nobody has answered."""
    if not (answers.coming or answers.no):
        return []
    counts = (
        (answers.coming, ngettext("%(n)s confirmed", "%(n)s confirmed", answers.coming)),
        (len(answers.no), ngettext("%(n)s cannot come", "%(n)s cannot come", len(answers.no))),
        (answers.silent, ngettext("%(n)s no answer", "%(n)s no answer", answers.silent)),
    )
    return [words % {"n": count} for count, words in counts if count]


def said_list(answers: Answers, desk: Desk) -> SaidList:
    """Return who cannot come, by name."""
    shown = answers.no[:A_GLANCE]
    hidden = len(answers.no) - len(shown)
    return SaidList(
        rows=tuple(
            SaidRow(
                name=each.name,
                url=desk.participant_url(each.participant),
                look=said_look(each.said, desk),
            )
            for each in shown
        ),
        more=_("and %(n)s more on the sheet") % {"n": hidden} if hidden else "",
    )


def said_look(said: Beforehand, desk: Desk) -> MarkLook:
    """Return the chip; the reason is for who marks attendance, or takes calls and replies."""
    may_know = any(
        desk.access.scope(permission, desk.program)
        for permission in ("attendance.mark", "reminders.manage")
    )
    return said.look(with_reason=may_know)
