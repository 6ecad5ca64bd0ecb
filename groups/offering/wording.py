"""The offered hours in words: which weeks offer how much, what is missing, what would fill it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling.wording import hours
from groups.offering.gap import Filling
from groups.offering.weeks import Run

# More runs than these are not read out one by one.
MOST_RUNS = 5


def offered_words(runs: Sequence[Run]) -> str:
    """Say what the weeks offer: `Weeks 1 to 4 offer 6 h 10 min a week, weeks 5 to 16 …`."""
    if len(runs) == 1:
        words = _("All %(n)d weeks offer %(hours)s a week.")
        return words % {"n": runs[0].weeks, "hours": hours(runs[0].offered)}
    if len(runs) > MOST_RUNS:
        least, most = (pick(each.offered for each in runs) for pick in (min, max))
        words = _("The %(n)d weeks offer between %(least)s and %(most)s each.")
        return words % {"n": runs[-1].last, "least": hours(least), "most": hours(most)}
    first, *others = runs
    begin = (
        _("%(weeks)s offer %(hours)s a week")
        if first.weeks > 1
        else _("%(weeks)s offers %(hours)s")
    )
    told = [_in_words(begin, first)]
    for each in others:
        words = (
            _("%(weeks)s offer %(hours)s") if each.weeks > 1 else _("%(weeks)s offers %(hours)s")
        )
        told.append(_small(_in_words(words, each)))
    return _("%(told)s.") % {"told": ", ".join(told)}


def missing_words(runs: Sequence[Run]) -> str:
    """Say what the program asks for, and what is missing of it in which weeks."""
    asked = sorted({each.required for each in runs if each.required is not None})
    if not asked:
        return _("No rule says how many hours the program asks for.")
    begin = _asked_words(asked)
    short = [each for each in runs if each.missing]
    if not short:
        return _("%(asks)s: nothing is missing.") % {"asks": begin}
    if len(short) > MOST_RUNS:
        words = _("%(asks)s: %(weeks)d weeks fall short, by up to %(hours)s.")
        weeks = sum(each.weeks for each in short)
        most = hours(max(each.missing for each in short))
        return words % {"asks": begin, "weeks": weeks, "hours": most}
    first, *others = short
    told = [
        _("%(hours)s are missing in %(weeks)s")
        % {"hours": hours(first.missing), "weeks": _small(weeks_words(first))}
    ]
    told += [
        _("%(hours)s in %(weeks)s")
        % {"hours": hours(each.missing), "weeks": _small(weeks_words(each))}
        for each in others
    ]
    return _("%(asks)s: %(told)s.") % {"asks": begin, "told": ", ".join(told)}


def weeks_words(run: Run) -> str:
    """Return `Weeks 1 to 4`, or `Week 5`."""
    if run.first == run.last:
        return _("Week %(n)d") % {"n": run.first}
    return _("Weeks %(first)d to %(last)d") % {"first": run.first, "last": run.last}


def filling_words(filling: Filling) -> str:
    """Return what one track would bring, and what is left then."""
    brings = _("%(sessions)s of %(minutes)d minutes of %(track)s would bring %(hours)s a week") % {
        "sessions": _sessions(filling.sessions),
        "minutes": filling.minutes,
        "track": filling.track,
        "hours": hours(filling.brings),
    }
    if not filling.left:
        return _("%(brings)s: enough.") % {"brings": brings}
    words = _("%(brings)s; %(left)s would still be missing.")
    return words % {"brings": brings, "left": hours(filling.left)}


def together_words(chosen: Sequence[Filling]) -> str:
    """Return what several tracks would bring together."""
    names = get_text_list(
        [
            _("%(sessions)s of %(track)s")
            % {"sessions": _small(_sessions(each.sessions)), "track": each.track}
            for each in chosen
        ],
        _("and"),
    )
    facts = {"names": names, "hours": hours(sum(each.brings for each in chosen))}
    if not chosen[-1].left:
        return _("Together, %(names)s would bring %(hours)s: enough.") % facts
    words = _("Together, %(names)s would bring %(hours)s; %(left)s would still be missing.")
    return words % {**facts, "left": hours(chosen[-1].left)}


def _sessions(count: int) -> str:
    names = {1: _("One session a week"), 2: _("Two sessions a week"), 3: _("Three sessions a week")}
    words = ngettext("%(n)d session a week", "%(n)d sessions a week", count) % {"n": count}
    return names.get(count, words)


def _asked_words(asked: Sequence[int]) -> str:
    if len(asked) == 1:
        return _("The program asks for %(hours)s") % {"hours": hours(asked[0])}
    facts = {"least": hours(asked[0]), "most": hours(asked[-1])}
    return _("The program asks for %(least)s to %(most)s") % facts


def _in_words(words: str, run: Run) -> str:
    return words % {"weeks": weeks_words(run), "hours": hours(run.offered)}


def _small(words: str) -> str:
    """Return the words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]
