"""Where a form about a person's episode stands: whose, which, on what day, and who fills it in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from programs.access import Access
from programs.models import Enrollment, Participant, Program
from programs.person_frame import PersonFrame, person_frame
from programs.plan.episodes import episode_among
from programs.weeks import local_date
from programs.whose import episodes_of, participant_of


@dataclass(frozen=True)
class Here:
    """One episode of one person, now; `page` is the view one comes from and goes back to."""

    access: Access
    program: Program
    person: Participant
    episode: Enrollment
    now: datetime
    page: str

    @property
    def by(self) -> User:
        """Who acts."""
        return self.access.user

    @property
    def today(self) -> date:
        return local_date(self.now, self.program.zone)

    @property
    def back(self) -> str:
        """The page to go back to."""
        url = reverse(self.page, args=[self.program.public_id, self.person.public_id])
        return f"{url}?episode={self.episode.public_id}"

    @property
    def frame(self) -> PersonFrame:
        return person_frame(self.access, self.program, self.person, here=self.page)


def here_of(
    request: HttpRequest,
    program: Program,
    participant_id: uuid.UUID,
    episode_id: uuid.UUID,
    *,
    now: datetime,
    page: str,
) -> Here:
    """Return the episode one may write on, or raise Http404."""
    access: Access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    episode = episode_among(episodes_of(person, program), episode_id)
    return Here(access, program, person, episode, now, page)
