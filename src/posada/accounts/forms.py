"""What signing in, one's own account and the page of staff take."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import ROLE_LABELS, Role
from posada.ui.forms import CodeInput, PhraseInput, PlainText, StackedMultiple

LONGEST_CODE = 24


def _name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=80,
        widget=PlainText(attrs={"autofocus": True, "autocapitalize": "off"}),
        error_messages={"required": _("Write the name you sign in with.")},
    )


def _code_field(**options: Any) -> forms.CharField:
    wanted: dict[str, Any] = {
        "label": _("Code"),
        "help_text": _("The six digits that your authenticator shows now."),
        "max_length": LONGEST_CODE,
        "widget": CodeInput(),
        "error_messages": {"required": _("Write the six digits that your authenticator shows.")},
    }
    return forms.CharField(**{**wanted, **options})


class SignInForm(forms.Form):
    """Name, password and the code of the authenticator, or a recovery code in its place."""

    name = _name_field()
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=PhraseInput(),
        error_messages={"required": _("Write your password.")},
    )
    code = _code_field(
        help_text=_("The six digits that your authenticator shows now, or one of your recovery codes."),
    )


class SlipForm(forms.Form):
    """Name and the one-time code of an enrolment slip."""

    name = _name_field()
    code = _code_field(
        label=_("Code on the slip"),
        help_text=_("Ten digits, as they were printed."),
        error_messages={"required": _("Write the ten digits of the slip.")},
    )


class AgainForm(forms.Form):
    """A form of a grave act: the password once more, unless it was typed a moment ago."""

    password = forms.CharField(
        label=_("Your password, again"),
        max_length=200,
        strip=False,
        widget=PhraseInput(),
        error_messages={"required": _("Type your password again: whoever sits down at an open desk must not do this.")},
    )

    def __init__(self, *args: Any, asks_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if asks_password:
            self.order_fields([name for name in self.fields if name != "password"] + ["password"])
        else:
            del self.fields["password"]


class _NewPassword(forms.Form):
    """A new password, written twice."""

    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least twelve characters. Four words that do not belong together are good and easy."),
        max_length=1000,
        strip=False,
        widget=PhraseInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write a new password.")},
    )
    repeated = forms.CharField(
        label=_("New password, once more"),
        max_length=1000,
        strip=False,
        widget=PhraseInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the new password once more.")},
    )

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned = super().clean() or {}
        if not self.errors and cleaned["new"] != cleaned["repeated"]:
            self.add_error("repeated", _("The two are not the same. Write the new password once more."))
        return cleaned


class EnrolForm(_NewPassword):
    """One's own password, and the first code of the new authenticator."""

    code = _code_field()


class PasswordForm(_NewPassword):
    """The password of until now, and the new one."""

    password = forms.CharField(
        label=_("Your password until now"),
        max_length=200,
        strip=False,
        widget=PhraseInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write the password that you have now.")},
    )
    field_order = ("password", "new", "repeated")


class AuthenticatorForm(AgainForm):
    """The first code of a new authenticator."""

    code = _code_field()


def _roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"),
        help_text=_("Only what the work needs: each role opens something more."),
        choices=[(role.value, ROLE_LABELS[role]) for role in Role],
        widget=StackedMultiple(),
        error_messages={
            "required": _("Choose at least one role. Who shall do nothing here any more is taken away."),
            "invalid_choice": _("There is no such role. Choose from the list."),
        },
    )


class RolesForm(AgainForm):
    """The roles that somebody shall have."""

    roles = _roles_field()

    @property
    def chosen(self) -> frozenset[Role]:
        """The roles that were ticked."""
        return frozenset(Role(word) for word in self.cleaned_data["roles"])


class AddStaffForm(RolesForm):
    """Somebody new: what people call them, what they sign in with, their roles."""

    name = forms.CharField(
        label=_("What people here call them"),
        max_length=80,
        widget=PlainText(),
        error_messages={"required": _("Write what people here call them.")},
    )
    sign_in = forms.CharField(
        label=_("Name to sign in with"),
        help_text=_("Short and easy to type. Tell it to them by mouth: it is written nowhere in words."),
        max_length=80,
        widget=PlainText(attrs={"autocapitalize": "off"}),
        error_messages={"required": _("Write the name that they will sign in with.")},
    )
    once = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)
    field_order = ("name", "sign_in", "roles", "password", "once")
