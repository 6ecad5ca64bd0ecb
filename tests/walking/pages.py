"""Every page that somebody may open, with what it says."""

from __future__ import annotations

from dataclasses import dataclass

from tests.walking.addresses import addresses
from tests.walking.walk import ALLOWED, MINE, THEIRS, Step, Walker, expected, outcome, read

# Shows everything, to whoever has said why, for an hour.
EMERGENCY = "emergency:record"
# Who may open these may read what was written there.
NOTE_LINES = {"notes.read", "notes.write", "diaries.edit", "relapse_plans.edit", "outreach.manage"}


@dataclass(frozen=True)
class Page:
    """One page as one person sees it."""

    name: str
    needs: str
    to: str
    url: str
    text: str

    def __str__(self) -> str:
        return f"{self.name} ({self.to})"


def pages_for(walker: Walker, role: str) -> list[Page]:
    """Return the pages of words that the role opens, of its own part and of a colleague's."""
    found = []
    for address in addresses():
        for to in (MINE, THEIRS) if address.ids else (MINE,):
            step = Step(address, "GET", role, to)
            if address.needs and ALLOWED in expected(step):
                response = walker.look(step)
                if outcome(response) == ALLOWED and "text" in response.headers["Content-Type"]:
                    text = read(response).decode()
                    found.append(Page(address.name, str(address.needs), to, walker.url(step), text))
    return found
