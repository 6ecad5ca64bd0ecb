"""Every address of the house, computed from its site map, and the row that each part of one names.

An address with a part that stands in no table here fails the walk by its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.actions import invite_user
from accounts.models.invitation import digest
from reminders.links import ANSWER, STOP, token_of
from tests.walking.world import NOBODY, World

# Which row a part of an address names.
ROWS = {
    "agreement_id": "agreement",
    "alert_id": "alert",
    "authorization_id": "authorization",
    "availability_id": "availability",
    "certificate_id": "certificate",
    "certification_id": "certification",
    "change_id": "change",
    "closure_id": "closure",
    "determination_id": "determination",
    "document_id": "document",
    "enrollment_id": "enrollment",
    "episode_id": "enrollment",
    "exception_id": "exception",
    "follow_up_id": "follow_up",
    "goal_id": "goal",
    "group_id": "group",
    "handout_id": "handout",
    "hold_id": "hold",
    "leave_id": "leave",
    "lesson_id": "lesson",
    "license_id": "license",
    "membership_id": "membership",
    "module_id": "module",
    "needed_id": "needed",
    "other_id": "other_person",
    "outreach_id": "outreach",
    "participant_id": "participant",
    "pattern_id": "pattern",
    "place_id": "place",
    "plan_id": "relapse_plan",
    "program_id": "program",
    "record_id": "duplicate",
    "referral_id": "referral",
    "reply_id": "reply",
    "report_id": "report",
    "room_id": "room",
    "rule_id": "hours_rule",
    "seat_id": "seat",
    "session_id": "session",
    "topic_id": "topic",
    "track_id": "track",
    "use_id": "skill_use",
    "user_id": "user",
    "version_id": "version",
    "waiver_id": "waiver",
}
# Where it is another one, by the address's name: one in the state that the page is for.
ROWS_AT = {
    ("alerts:wake", "alert_id"): "snoozed_alert",
    ("amending:amend", "session_id"): "signed",
    ("amending:left_out", "session_id"): "signed",
    ("check_ins:alert", "alert_id"): "safety_alert",
    ("clinic:delete_record_rule", "rule_id"): "record_rule",
    ("clinic:delete_rule", "rule_id"): "schedule_rule",
    ("clinic:record_rule", "rule_id"): "record_rule",
    ("clinic:rule", "rule_id"): "schedule_rule",
    ("coverage:book", "session_id"): "elsewhere",
    ("coverage:take_back", "lesson_id"): "needed",
    ("episodes:call_off", "enrollment_id"): "to_come",
    ("episodes:call_off_leave", "enrollment_id"): "away",
    ("episodes:call_off_leave", "leave_id"): "coming_leave",
    ("episodes:end_leave", "enrollment_id"): "away",
    ("episodes:extend_leave", "enrollment_id"): "away",
    ("episodes:put_off", "enrollment_id"): "to_come",
    ("episodes:reverse", "enrollment_id"): "discharged",
    ("handouts:change_page", "handout_id"): "draft_handout",
    ("handouts:change_page", "version_id"): "draft_version",
    ("handouts:draft", "version_id"): "draft_version",
    ("handouts:move", "handout_id"): "draft_handout",
    ("handouts:move", "version_id"): "draft_version",
    ("handouts:new_file", "version_id"): "draft_version",
    ("handouts:new_page", "version_id"): "draft_version",
    ("handouts:put_back", "handout_id"): "draft_handout",
    ("handouts:put_back", "version_id"): "draft_version",
    ("handouts:take_off", "handout_id"): "draft_handout",
    ("handouts:take_off", "version_id"): "draft_version",
    ("library:bring_back", "lesson_id"): "retired",
    ("library:changes", "lesson_id"): "drafted",
    ("library:draft", "lesson_id"): "drafted",
    ("library:drop_draft", "lesson_id"): "drafted",
    ("library:publish", "lesson_id"): "drafted",
    ("moving:cancel", "session_id"): "coming",
    ("moving:combine", "session_id"): "coming",
    ("moving:move", "session_id"): "coming",
    ("moving:reinstate", "session_id"): "called_off",
    ("notes:addendum", "session_id"): "noted",
    ("notes:cosign", "session_id"): "to_cosign",
    ("notes:group", "session_id"): "signed",
    ("notes:notes", "session_id"): "signed",
    ("notes:person", "session_id"): "signed",
    ("notes:sign", "session_id"): "signed",
    ("papers:person", "session_id"): "noted",
    ("papers:session", "session_id"): "noted",
    ("plan:reopen_goal", "goal_id"): "closed_goal",
    ("requiring:delete_rule", "rule_id"): "curriculum_rule",
    ("requiring:rule", "rule_id"): "curriculum_rule",
    ("rotation:lessons", "session_id"): "coming",
    ("rules:alert_rule", "rule_id"): "alert_rule",
    ("rules:delete_alert_rule", "rule_id"): "alert_rule",
    ("staff:substitute", "session_id"): "coming",
    ("staff:withdraw_leave", "leave_id"): "staff_leave",
    ("summary:discharge", "enrollment_id"): "discharged",
}
# What belongs to one person, whatever the program: nobody else's opens it.
PERSONAL = {
    "access_id": "access",
    "draft_id": "draft",
    "feed_id": "feed",
    "upload_id": "upload",
}
# Parts that are no row of the walk: nobody here has a passkey.
WORDS = {
    "channel": "sms",
    "gateway": "webhook",
    "kind": "evening",
    "language": "en",
    "passkey_id": "0b8f6f0e-7f0e-4d5c-9a53-2f1e6a2b7c11",
}
WORDS_AT: dict[tuple[str, str], str] = {}
# The question of an address that is none without it.
QUESTIONS = {
    "agreements:give": "?channel=sms&purpose=reminders",
    "agreements:withdraw": "?channel=email&purpose=reminders",
}
# What is sent where a form says which of several things it is for.
NAMED_IN_FORM = {
    "emergency:review": "access={finished_access}",
    "teaching:teaching": "act=planned",
}


@dataclass(frozen=True)
class Address:
    """One entry of the site map: its name with its namespaces, what it needs, its parts."""

    name: str
    needs: str | None
    parts: tuple[str, ...]

    @property
    def place(self) -> str:
        """The namespace, or the name of what has none."""
        return self.name.partition(":")[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The parts that name a row other than the program."""
        return tuple(
            each
            for each in self.parts
            if each != "program_id" and (each in ROWS or each in PERSONAL)
        )


@lru_cache
def addresses() -> tuple[Address, ...]:
    """Return every address there is, in the site map's order."""
    return tuple(_addresses(get_resolver(), ""))


def _addresses(resolver: URLResolver, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            needs = getattr(entry.callback, "needs", None)
            parts = tuple(entry.pattern.converters)
            yield Address(f"{namespace}{entry.name}", needs, parts)


def unknown_parts() -> list[str]:
    """Return the addresses of which no row is known, each with the part."""
    return [
        f"{address.name}: {part}"
        for address in addresses()
        for part in address.parts
        if not (part in ROWS or part in PERSONAL or part in WORDS or part in {"token", "week_on"})
        and (address.name, part) not in WORDS_AT
    ]


def url_of(
    world: World,
    address: Address,
    walker: str,
    *,
    to: str = "mine",
    but: dict[str, str] | None = None,
) -> str:
    """Return the address as `walker` would type it: of the part `to`, but some parts of another."""
    kwargs = {
        part: _value(world, address, part, walker, (but or {}).get(part, to))
        for part in address.parts
    }
    return reverse(address.name, kwargs=kwargs) + QUESTIONS.get(address.name, "")


def form_of(world: World, address: Address, to: str = "mine") -> str:
    """Return what is sent by POST: nothing, but for the word that says what it is for."""
    rows = {"finished_access": world.parts[to].rows["finished_access"].public_id}
    return NAMED_IN_FORM.get(address.name, "").format(**rows)


def _value(world: World, address: Address, part: str, walker: str, to: str):
    where = (address.name, part)
    if part in PERSONAL:
        whose = {"mine": walker, "theirs": _another(walker), "other": "stranger"}[to]
        return world.own[_somebody(whose)][PERSONAL[part]].public_id
    if part in ROWS:
        return world.parts[to].rows[ROWS_AT.get(where, ROWS[part])].public_id
    if part == "week_on":
        here = world.parts[to]
        return here.program.week_of(here.today).first_on.isoformat()
    if part == "token":
        return tokens(world).get(address.name, "no-such-token")
    return WORDS_AT.get(where) or WORDS[part]


def _another(walker: str) -> str:
    return "director" if walker != "director" else "clinician"


def _somebody(walker: str) -> str:
    """Who is not signed in types somebody's address."""
    return "director" if walker == NOBODY else walker


def tokens(world: World) -> dict[str, str]:
    """Return a secret for each address that has one, made once."""
    if not world.tokens:
        reminder = world.mine.rows["reminder"]
        secret = "a-secret-that-a-calendar-program-was-given"
        feed = world.own["director"]["feed"]
        feed.secret_hash = digest(secret)
        feed.save()
        invited = invite_user(user=world.people["former colleague"], now=world.mine.now, by=None)
        world.tokens.update(
            {
                "accept_invitation": invited.token,
                "answers:answer": token_of(reminder, ANSWER),
                "answers:stop": token_of(reminder, STOP),
                "feeds:ics": secret,
            }
        )
    return world.tokens
