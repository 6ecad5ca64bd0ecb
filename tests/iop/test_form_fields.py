"""One way to show a field: label, hint, error, control, tied together for those who listen."""

from __future__ import annotations

import re

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.template.loader import render_to_string

CHOICES = [("mon", "Monday"), ("tue", "Tuesday")]
WIDGETS = {
    "text": forms.CharField(label="Asked", help_text="Like so"),
    "area": forms.CharField(label="Asked", help_text="Like so", widget=forms.Textarea),
    "password": forms.CharField(label="Asked", help_text="Like so", widget=forms.PasswordInput),
    "select": forms.ChoiceField(label="Asked", help_text="Like so", choices=CHOICES),
    "radios": forms.ChoiceField(
        label="Asked", help_text="Like so", choices=CHOICES, widget=forms.RadioSelect
    ),
    "boxes": forms.MultipleChoiceField(
        label="Asked", help_text="Like so", choices=CHOICES, widget=forms.CheckboxSelectMultiple
    ),
    "box": forms.BooleanField(label="Asked", help_text="Like so"),
}


def a_form(kind: str, **data) -> forms.Form:
    return type("AForm", (forms.Form,), {"asked": WIDGETS[kind]})(data or None)


def shown(form: forms.Form) -> str:
    return as_crispy_field(form["asked"])


@pytest.mark.parametrize("kind", WIDGETS)
def test_the_hint_is_read_with_the_control(kind):
    html = shown(a_form(kind))
    assert re.search(r'<(p|span) class="hint" id="id_asked_helptext">Like so<', html)
    assert 'aria-describedby="id_asked_helptext"' in html
    assert "field-bad" not in html


@pytest.mark.parametrize("kind", WIDGETS)
def test_the_error_stands_before_the_control_and_is_read_with_it(kind):
    html = shown(a_form(kind, other="so that it is filled in"))
    assert "field-bad" in html
    assert 'aria-describedby="id_asked_helptext id_asked_error"' in html
    error = html.index('class="field-error" id="id_asked_error"')
    assert error < re.search(r"<(input|select|textarea) ", html).start()  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["radios", "boxes"])
def test_choices_stand_under_one_legend_and_keep_what_was_chosen(kind):
    html = shown(a_form(kind, asked=["tue"] if kind == "boxes" else "tue"))
    assert "<legend>Asked</legend>" in html
    assert html.count('class="option"') == 2
    (chosen,) = re.findall(r"<input[^>]* checked[^>]*>", html)
    assert 'value="tue"' in chosen
    for at in (0, 1):
        assert f'<label class="option" for="id_asked_{at}">' in html
        assert f'id="id_asked_{at}"' in html


def test_a_hidden_field_is_hidden():
    form = type("AForm", (forms.Form,), {"asked": forms.CharField(widget=forms.HiddenInput)})()
    assert shown(form).strip() == '<input type="hidden" name="asked" id="id_asked">'


def test_the_summary_lists_each_problem_once_and_leads_to_its_field():
    form = a_form("text", other="so that it is filled in")
    form.add_error(None, "These two do not fit together.")
    html = render_to_string("components/error_summary.html", {"form": form})
    assert html.count("<li>") == 2
    assert '<a href="#id_asked">This field is required.</a>' in html
    assert "<li>These two do not fit together.</li>" in html


def test_the_summary_leads_to_the_first_of_several_choices():
    form = a_form("radios", other="so that it is filled in")
    html = render_to_string("components/error_summary.html", {"form": form})
    assert 'href="#id_asked_0"' in html


def test_there_is_no_summary_without_a_problem():
    html = render_to_string("components/error_summary.html", {"form": a_form("text", asked="yes")})
    assert html.strip() == ""
