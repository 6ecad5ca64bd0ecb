"""The part of the board that is about the close of its week."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from hours.board_week import BoardWeek, Side
from hours.concluding.difference_words import Known
from hours.concluding.differences import Difference
from hours.concluding.reading import ClosedWeek, amendments_since
from hours.concluding.since_close import (
    Closing,
    SideLink,
    by_enrollment,
    changed_rows,
    changed_sessions,
    closed_in_words,
    counts_in_words,
    differences,
    in_sum,
)
from hours.forms import Seen
from hours.sums.asked import week_rule
from programs.access import Access
from programs.names import roster_names
from programs.who_may import Scope


def found_differences(board: BoardWeek) -> dict[int, Difference]:
    """Return what differs from the close, by enrollment; nothing where the week is not closed."""
    if board.closed is None or board.then is None:
        return {}
    sides = by_enrollment(board.then.rows), by_enrollment(board.now.rows)
    return differences(*sides, board.closed)


def closing_of(board: BoardWeek, found: Mapping[int, Difference], access: Access) -> Closing | None:
    """Return both sides and what changed; None where the week is not closed."""
    if board.closed is None or board.then is None:
        return None
    is_rule_changed = week_rule(board.closed.close.rule) != board.now.facts.rule
    known = _known(board, board.closed, found.values(), access, is_rule_changed=is_rule_changed)
    then, now = by_enrollment(board.then.rows), by_enrollment(board.now.rows)
    names = roster_names([*board.then.facts.people, *board.now.facts.people])
    return Closing(
        said=closed_in_words(board.closed.close, board.now.facts.week),
        is_rule_changed=is_rule_changed,
        sides=(_side(Seen.NOW, board.now, board), _side(Seen.CLOSED, board.then, board)),
        in_sum=in_sum(len(found)),
        changed=changed_rows(found, then, now, names, known),
    )


def _known(
    board: BoardWeek,
    closed: ClosedWeek,
    found: Iterable[Difference],
    access: Access,
    *,
    is_rule_changed: bool,
) -> Known:
    sessions = changed_sessions(found)
    return Known(
        sessions=board.sessions,
        amendments=amendments_since(closed, sessions) if sessions else {},
        reasons_of=_with_reasons(board, sessions, access),
        zone=board.now.facts.week.zone,
        is_rule_changed=is_rule_changed,
    )


def _with_reasons(
    board: BoardWeek, sessions: set[uuid.UUID], access: Access
) -> frozenset[uuid.UUID]:
    """Return the sessions whose reasons one may read: those whose records one may amend."""
    scope = access.scope("attendance.amend", board.program)
    if scope is Scope.PROGRAM:
        return frozenset(sessions)
    own = {key for key, each in board.sessions.items() if each.is_mine}
    return frozenset(sessions & own) if scope is Scope.OWN else frozenset()


def _side(seen: Seen, side: Side, board: BoardWeek) -> SideLink:
    value = seen.value if seen is Seen.CLOSED else ""
    return SideLink(
        label=str(seen.label),
        counts=counts_in_words(side.rows),
        url=board.chosen.url(why="", **{"as": value}),
        is_current=bool(board.chosen.seen_as) is (seen is Seen.CLOSED),
    )
