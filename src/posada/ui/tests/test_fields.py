"""One field: label, help, error, control, and how they are bound for a screen reader."""

import re

import pytest
from django import forms

from posada.ui.forms import DateOrAge, PhraseInput, Renderer, SegmentedChoice, StackedChoice
from posada.ui.templatetags.ui import problems_of


class Example(forms.Form):
    voluntary = frozenset({"birth"})
    default_renderer = Renderer()

    given = forms.CharField(label="Given <names>", help_text="as <said>")
    birth = forms.CharField(label="Birth", required=False, widget=DateOrAge())
    sex = forms.ChoiceField(
        label="Sex", choices=[("f", "Woman"), ("m", "Man")], widget=SegmentedChoice(keys={"f": "F"})
    )
    consent = forms.ChoiceField(label="Consent", choices=[("y", "Yes")], widget=StackedChoice(), help_text="in private")
    told = forms.BooleanField(label="Told")
    phrase = forms.CharField(label="Phrase", required=False, widget=PhraseInput())

    def clean(self) -> None:
        raise forms.ValidationError("Both cannot be.")


def drawn(name: str, data: dict[str, str] | None = None) -> str:
    return str(Example(data)[name].as_field_group())


def test_the_label_belongs_to_the_control() -> None:
    assert re.search(r'<label class="field__label" for="id_given">Given &lt;names&gt;', drawn("given"))
    assert 'id="id_given"' in drawn("given")


def test_help_is_escaped_and_described() -> None:
    assert '<p class="field__help" id="id_given_helptext">as &lt;said&gt;</p>' in drawn("given")
    assert 'aria-describedby="id_given_helptext"' in drawn("given")


def test_an_error_is_marked_described_and_stands_beside_the_control() -> None:
    field = drawn("given", {})
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_given_helptext id_given_error"' in field
    assert re.search(r'<p class="field__error" id="id_given_error"><svg.*</svg><span>\S', field)
    assert "field--wrong" in field


def test_a_sound_field_says_nothing_of_errors() -> None:
    assert "aria-invalid" not in drawn("given")
    assert "field__error" not in drawn("given")


def test_a_choice_is_a_group_with_a_legend() -> None:
    field = drawn("consent", {})
    assert '<fieldset class="field field--stackedchoice field--wrong"' in field
    assert 'aria-describedby="id_consent_helptext id_consent_error"' in field
    assert '<legend class="field__label">Consent</legend>' in field


def test_a_segment_has_its_key_and_its_label() -> None:
    field = drawn("sex")
    assert re.search(r'<label class="segmented__cell" for="id_sex_0"><input type="radio"[^>]*data-key="f"', field)
    assert '<kbd class="segmented__key" aria-hidden="true">F</kbd>' in field
    assert field.count("data-key") == 1


def test_a_voluntary_field_says_so() -> None:
    assert "field__voluntary" in drawn("birth")
    assert "field__voluntary" not in drawn("given")


def test_what_is_written_of_a_person_is_not_remembered_by_the_browser() -> None:
    assert 'autocomplete="off"' in drawn("birth")
    assert 'spellcheck="false"' in drawn("birth")


def test_a_phrase_is_never_written_back() -> None:
    field = drawn("phrase", {"phrase": "six plain words"})
    assert 'type="password"' in field
    assert "six plain words" not in field


def test_the_summary_leads_to_every_wrong_field() -> None:
    problems = problems_of(Example({}))
    assert [problem.target for problem in problems] == ["", "id_given", "id_sex_0", "id_consent_0", "id_told"]
    page = str(Example({}))
    for problem in problems[1:]:
        assert f'href="#{problem.target}"' in page
        assert f'id="{problem.target}"' in page


def test_a_fresh_form_has_no_summary() -> None:
    assert 'class="summary"' not in str(Example())


@pytest.mark.parametrize("name", ["given", "birth", "told", "phrase"])
def test_each_control_has_exactly_one_label(name: str) -> None:
    assert drawn(name).count(f'for="id_{name}"') == 1
