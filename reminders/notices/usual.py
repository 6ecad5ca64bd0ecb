"""What staff are told of, where and when, as long as they have not chosen otherwise; and who is."""

from __future__ import annotations

from dataclasses import dataclass

from programs.models import Channel
from reminders.models import NoticeKind, Timing


@dataclass(frozen=True)
class Choice:
    """When notices of a kind go out to somebody, and where."""

    timing: Timing
    channel: Channel


AT_ONCE = Choice(Timing.AT_ONCE, Channel.EMAIL)
IN_THE_MORNING = Choice(Timing.MORNING, Channel.EMAIL)

USUAL: dict[NoticeKind, Choice] = {
    NoticeKind.SAFETY: AT_ONCE,
    NoticeKind.TODAY: IN_THE_MORNING,
    NoticeKind.RECORD: AT_ONCE,
    NoticeKind.SIGN: AT_ONCE,
    NoticeKind.NOTES: AT_ONCE,
    NoticeKind.COSIGN: AT_ONCE,
    NoticeKind.OUTREACH: AT_ONCE,
    NoticeKind.ALERT: AT_ONCE,
    NoticeKind.DIGEST: IN_THE_MORNING,
    NoticeKind.CLOSED: IN_THE_MORNING,
    NoticeKind.FAILURES: IN_THE_MORNING,
    NoticeKind.OPENED: AT_ONCE,
}
# Of what is of one day only there is one moment: its morning.
OF_A_DAY = (NoticeKind.TODAY, NoticeKind.DIGEST)
# Whom a kind can ever concern: who may do what it asks for, as a line of the who-may table.
CONCERNS: dict[NoticeKind, str] = {
    NoticeKind.SAFETY: "attendance.mark",
    NoticeKind.TODAY: "attendance.mark",
    NoticeKind.RECORD: "attendance.mark",
    NoticeKind.SIGN: "attendance.mark",
    NoticeKind.NOTES: "notes.write",
    NoticeKind.COSIGN: "notes.cosign",
    NoticeKind.OUTREACH: "outreach.manage",
    NoticeKind.ALERT: "alerts.manage",
    NoticeKind.DIGEST: "digests.own",
    NoticeKind.CLOSED: "digests.own",
    NoticeKind.FAILURES: "reminders.manage",
    NoticeKind.OPENED: "emergency.review",
}


def timings_of(kind: NoticeKind) -> tuple[Timing, ...]:
    """Return when notices of the kind may go out; where there is one answer nobody is asked."""
    if kind == NoticeKind.SAFETY:
        return (Timing.AT_ONCE,)
    return (Timing.MORNING, Timing.NEVER) if kind in OF_A_DAY else tuple(Timing)
