"""What hangs on a person has a history of its rows, kept by triggers, or a reason why not."""

from __future__ import annotations

from django.db import models

from programs.models import Enrollment, Participant
from tests.source import expect_none
from tests.test_model_conventions import our_models

# Rows about people without a history of their own, and why.
WITHOUT = {
    "Alert": "what the hourly check found; what somebody did about it stands on the trail",
    "Amendment": "never changed: a trigger refuses it",
    "Certificate": "issued once, and never changed by any action",
    "Conclusion": "a closed week is a fact: a trigger keeps it",
    "DisclosedPerson": "the application may only add rows",
    "DuplicateReport": "settled once; both ends stand on the trail",
    "NoteAddendum": "never changed: a trigger refuses it",
    "RelapsePlan": "each save is a row of its own",
    "Reply": "what came in is kept as it came; seen to once, on the trail",
}


def about_people() -> set[type[models.Model]]:
    """Return the models that name a participant or an episode."""
    return {
        model
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model in (Participant, Enrollment)
        and field.model is model
    }


def test_rows_about_people_have_a_history_or_a_reason():
    without = {each.__name__ for each in about_people() if not hasattr(each, "pgh_event_model")}
    assert len(about_people()) > 20
    expect_none(without - set(WITHOUT))
    expect_none(set(WITHOUT) - without)
