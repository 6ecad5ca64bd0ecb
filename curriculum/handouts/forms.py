"""What is asked about a handout: a file with its name, or a page to be printed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.library.text_boxes import TextBox
from curriculum.models import Handout
from programs.agreements.form_parts import KeyedForm
from programs.agreements.paper_field import PaperField
from programs.plan.boxes import RecordForm, line_of_text

LONGEST_PAGE = 8_000
# While somebody writes, the page beside it follows.
FOLLOWED = {
    "hx-post": "",
    "hx-trigger": "input changed delay:600ms",
    "hx-vals": '{"preview": "1"}',
    "hx-target": "#preview",
    "hx-select": "#preview",
    "hx-swap": "outerHTML",
    "hx-sync": "this:replace",
}


class FileForm(KeyedForm):
    """A file, and the name it is handed out under."""

    paper = PaperField(label=_("File"))
    name = line_of_text(
        _("Name"), most=160, required=_("Enter a name"), hint=_("As people will know it.")
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, too_large: Collection[str] = ()
    ) -> None:
        super().__init__(data, files)
        self.fields["paper"].is_too_large = "paper" in too_large  # type: ignore[attr-defined]

    def file(self) -> dict[str, Any]:
        """Return the file as it is to be kept."""
        sent = self.cleaned_data
        return {"scan": sent["paper"], "name": sent["name"], "public_id": sent["key"]}


class PageForm(RecordForm):
    """A page of plain text, and its name, which stands on top of it."""

    # Its own width on the page.
    look = "page-form"
    name = line_of_text(
        _("Name"), most=160, required=_("Enter a name"), hint=_("It stands on top of the page.")
    )
    text = TextBox(
        label=_("Text"),
        most=LONGEST_PAGE,
        rows=18,
        widget=forms.Textarea({"rows": 18, **FOLLOWED}),
        required=True,
        error_messages={"required": _("Write what stands on the page")},
        help_text=_(
            "“# ” begins a heading, “- ” a point, and “___” is a line to write on. "
            "A blank line parts paragraphs."
        ),
    )

    def __init__(self, data: Any = None, *, page: Handout | None = None) -> None:
        super().__init__(data, initial={"name": page.name, "text": page.text} if page else {})
