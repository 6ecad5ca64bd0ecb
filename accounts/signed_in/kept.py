"""What a session carries, changed in its row at once, under the row's lock.

A page that takes long writes the session as it was when it began. What locks a session, or counts
the tries to open it, must not be lost to that: so it is never left to the end of a request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction


@contextmanager
def kept_facts(key: str) -> Iterator[dict[str, Any]]:
    """Give what the session's row says, to be read and changed; empty where it has ended."""
    with transaction.atomic():
        row = Session.objects.select_for_update(no_key=True).filter(pk=key).first()
        facts = row.get_decoded() if row else {}
        before = dict(facts)
        yield facts
        if row and facts != before:
            row.session_data = SessionStore().encode(facts)
            row.save(update_fields=["session_data"])


def keep_alone(session: SessionBase, name: str) -> None:
    """Write only this one of what a request has put into its session, or taken out of it."""
    with kept_facts(session.session_key or "") as facts:
        if name in session:
            facts[name] = session[name]
        else:
            facts.pop(name, None)
    session.modified = False


def know(session: SessionBase, **facts: Any) -> None:
    """Let a request know what the row says now, so that what it may write later says the same."""
    was_modified = session.modified
    session.update(facts)
    session.modified = was_modified


def delete_sessions(keys: Iterable[str]) -> int:
    """End these sessions; return how many of them there were."""
    names = list(keys)
    gone, _kinds = Session.objects.filter(pk__in=names).delete()
    UserSession.objects.filter(session_key__in=names).delete()
    return gone
