"""What a proposal says in words: how sure it is, who does not finish and why, what is traded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.coverage.cells import CoveredPerson
from attendance.coverage.words import listed
from attendance.proposing.explaining import Trade, Why
from attendance.proposing.problem import Key, Proposal
from groups.wording import short_day


def finish_words(finish: int, people: int) -> str:
    """Return how many finish."""
    words = ngettext(
        "%(finish)s of %(people)s person finishes every core lesson before they leave",
        "%(finish)s of %(people)s people finish every core lesson before they leave",
        people,
    )
    return words % {"finish": finish, "people": people}


def sure_words(found: Proposal, *, finish: int, seconds: int) -> str:
    """Return how sure it is that nothing better could be proposed."""
    if found.is_best:
        words = _(
            "No other order lets more people finish, and none with as many finishing gives more"
            " core lessons."
        )
        if found.is_closest:
            return f"{words} " + _("Of those, this one leaves out and moves the fewest.")
        return f"{words} " + _("Another one may move fewer lessons.")
    if found.is_most:
        return _("No other order lets more people finish; one may give more core lessons.")
    words = ngettext(
        "This is the best order found in about %(seconds)s second, not proven to be the best.",
        "This is the best order found in about %(seconds)s seconds, not proven to be the best.",
        seconds,
    )
    at_most = _("%(finish)s finish; with no order can it be more than %(most)s.")
    said = at_most % {"finish": finish, "most": found.most_finish}
    return f"{words % {'seconds': seconds}} {said}"


def why_words(
    reasons: Mapping[Why, Sequence[Key]], person: CoveredPerson, names: Mapping[Key, str]
) -> tuple[str, ...]:
    """Return why lessons do not reach somebody, one sentence a reason."""
    said = {
        Why.NOT_TAUGHT: _("This group does not teach it, and no other group of theirs plans it."),
        Why.NO_SESSION: _no_session(person),
        Why.TOO_LONG: _("Every session they have left is too short for it."),
        Why.NEEDS_FIRST: _("It needs a lesson that does not reach them before."),
        Why.TOO_MANY: _("They miss more lessons than they have sessions left."),
        Why.OTHERS: _("The sessions they have left go to lessons with which more people finish."),
    }
    return tuple(
        _("%(lessons)s: %(why)s")
        % {"lessons": listed([names[lesson] for lesson in lessons]), "why": said[why]}
        for why, lessons in reasons.items()
    )


def _no_session(person: CoveredPerson) -> str:
    if person.until is None:
        return _("They are expected at none of the coming sessions.")
    words = _("No session is left for them before they leave on %(day)s.")
    return words % {"day": short_day(person.until)}


def trade_words(trade: Trade, names: Mapping[Key, str], days: Mapping[Key, str]) -> str:
    """Return what becomes of a lesson: "Sleep moves from Thu Dec 17 to Thu Dec 10." """
    return f"{_moves(trade, names, days)} {_gains(trade)}".strip()


def _moves(trade: Trade, names: Mapping[Key, str], days: Mapping[Key, str]) -> str:
    lesson = names[trade.lesson]
    gone, come = listed([days[each] for each in trade.gone]), listed([days[e] for e in trade.come])
    said = {"lesson": lesson, "gone": gone, "come": come}
    if gone and come:
        return _("%(lesson)s moves from %(gone)s to %(come)s.") % said
    if come:
        return _("%(lesson)s comes on %(come)s too.") % said
    return _("%(lesson)s is left out on %(gone)s.") % said


def _gains(trade: Trade) -> str:
    if trade.more < 0:
        words = ngettext(
            "%(n)s person fewer receives it.", "%(n)s people fewer receive it.", -trade.more
        )
        return words % {"n": -trade.more}
    if not trade.more:
        return ""
    words = ngettext("%(n)s more person receives it", "%(n)s more people receive it", trade.more)
    said = words % {"n": trade.more}
    if not trade.finish:
        return f"{said}."
    finish = ngettext(
        "%(n)s of them finishes only with it", "%(n)s of them finish only with it", trade.finish
    )
    return f"{said}; {finish % {'n': trade.finish}}."
