"""Of what a participant's record in a program consists: table by table, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models import Participant, Program

# Columns that are nobody's words: how we count, whom a row belongs to, how a message was tried.
NOT_SHOWN = {
    *("id", "participant", "enrollment", "public_id", "version", "mark_id", "transaction"),
    *("folded_names", "span", "record", "outreach", "check_in", "position"),
    *("stored_name", "gateway", "gateway_ref", "try_at", "claimed_at", "round", "told", "attempts"),
    *("merged_into", "merged_at", "merged_by", "tag", "detail", "lines", "reminder", "membership"),
    # What one director writes to the next about a colleague.
    "review_note",
}


@dataclass(frozen=True)
class Part:
    """The rows of one table: how they lead to the person, and to the program where they do.

    `signed` leads to the signature without which a row is a draft, and not of the record.
    """

    title: Any
    model: str
    person: str
    program: str = ""
    order: str = "pk"
    signed: str = ""

    def rows(self, person: Participant, program: Program) -> models.QuerySet:
        """Return the person's rows, of this record and of its duplicates, in their order."""
        model = apps.get_model(self.model)
        whose = models.Q(**{self.person: person}) | models.Q(
            **{f"{self.person}__merged_into": person}
        )
        found = model._default_manager.filter(whose)
        if self.program:
            found = found.filter(**{self.program: program})
        if self.signed:
            found = found.filter(**{f"{self.signed}__isnull": False})
        return found.select_related(*self._related(model)).order_by(self.order, "pk")

    def _related(self, model: type[models.Model]) -> list[str]:
        """Return the relations whose words are shown: colleagues, sessions, groups, lessons."""
        names = [
            field.name
            for field in model._meta.concrete_fields
            if field.is_relation and field.name not in NOT_SHOWN
        ]
        deep = {"session": "session__group", "taught": "taught__lesson"}
        return names + [deep[name] for name in names if name in deep]


STAY = {"person": "enrollment__participant", "program": "enrollment__program"}
IN_ROOM = {"person": "participant", "program": "session__group__program"}
HERE = {"person": "participant", "program": "program"}

PARTS = (
    Part(_("Referrals"), "programs.Referral", **HERE, order="referred_on"),
    Part(_("Episodes of care"), "programs.Enrollment", **HERE, order="admitted_on"),
    Part(_("Steps up and down"), "programs.EpisodeStep", **HERE, order="made_at"),
    Part(_("Ordered hours"), "programs.Order", **STAY, order="effective_from"),
    Part(_("Certifications"), "programs.Certification", **STAY, order="signed_on"),
    Part(
        _("Level of care determinations"),
        "programs.LevelOfCareDetermination",
        **STAY,
        order="determined_on",
    ),
    Part(_("Goals"), "programs.Goal", **STAY, order="set_on"),
    Part(_("Authorizations"), "programs.Authorization", **STAY, order="first_on"),
    Part(_("Leave"), "programs.Leave", "participant", order="first_on"),
    Part(_("Consent to be contacted"), "programs.ContactConsent", "participant", order="given_at"),
    Part(_("Agreements and releases"), "programs.Agreement", "participant", order="given_on"),
    Part(_("Documents on file"), "programs.Document", "participant", order="uploaded_at"),
    Part(
        _("Groups"),
        "groups.GroupMembership",
        **STAY,
        order="first_on",
    ),
    Part(_("Waiting for a group"), "groups.WaitingPlace", **STAY, order="asked_at"),
    Part(_("Make-up seats"), "groups.MakeUpSeat", **STAY, order="booked_at"),
    Part(_("Attendance"), "attendance.AttendanceRecord", **IN_ROOM, order="session__starts_at"),
    Part(_("Present from and until"), "attendance.Presence", **IN_ROOM, order="arrived_at"),
    Part(
        _("Corrections of signed attendance"), "attendance.Amendment", **IN_ROOM, order="amended_at"
    ),
    Part(_("Check-ins"), "attendance.CheckIn", **IN_ROOM, order="taken_at"),
    Part(
        _("Safety alerts"),
        "attendance.SafetyAlert",
        "check_in__participant",
        "check_in__session__group__program",
        order="raised_at",
    ),
    Part(
        _("Notes"),
        "attendance.ParticipantNote",
        **IN_ROOM,
        order="written_at",
        signed="session__notes_sign_off",
    ),
    Part(_("Addenda to notes"), "attendance.NoteAddendum", **IN_ROOM, order="written_at"),
    Part(_("Getting back in touch"), "attendance.Outreach", **STAY, order="opened_at"),
    Part(
        _("Calls and messages made for it"),
        "attendance.OutreachAttempt",
        "outreach__enrollment__participant",
        "outreach__enrollment__program",
        order="tried_at",
    ),
    Part(_("Lessons waived"), "attendance.LessonWaiver", **STAY, order="waived_at"),
    Part(_("Homework"), "attendance.HomeworkAnswer", **IN_ROOM, order="answered_at"),
    Part(_("Skills diary"), "attendance.SkillUse", **STAY, order="used_on"),
    Part(_("Relapse prevention plan"), "attendance.RelapsePlan", "participant", order="number"),
    Part(
        _("Its high-risk situations"),
        "attendance.RiskSituation",
        "plan__participant",
        order="plan__number",
    ),
    Part(
        _("Its support network"),
        "attendance.SupportContact",
        "plan__participant",
        order="plan__number",
    ),
    Part(_("Weeks concluded"), "hours.Conclusion", **STAY, order="close__week_on"),
    Part(_("Alerts about hours"), "hours.Alert", **STAY, order="opened_at"),
    Part(_("Certificates"), "hours.Certificate", **STAY, order="issued_at"),
    Part(_("Follow-up after discharge"), "programs.FollowUp", **STAY, order="due_on"),
    Part(_("Reminders"), "reminders.Reminder", **HERE, order="due_at"),
    Part(_("Their answers"), "reminders.Answer", "participant", order="answered_at"),
    Part(_("Messages received"), "reminders.Reply", **HERE, order="received_at"),
    Part(_("Emergency access"), "programs.EmergencyAccess", **HERE, order="started_at"),
)

# What names a participant and is none of their record, and why.
LEFT_OUT = {
    "programs.DisclosedPerson": "the accounting of disclosures is a paper of its own",
    "programs.LegalHold": "the clinic's own legal business",
    "programs.DuplicateReport": "how two records were found to be one",
    "groups.ScheduleException": "a warning of the calendar that a director reviews",
}
