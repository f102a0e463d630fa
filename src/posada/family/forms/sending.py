"""A form that carries its key, so that a page sent twice acts once."""

import uuid

from django import forms

from posada.ground import ids


class SentOnce(forms.Form):
    """The key of this form, made when the page was made."""

    once = forms.UUIDField(widget=forms.HiddenInput(), required=False, initial=ids.new_id)

    @property
    def key(self) -> uuid.UUID | None:
        """The key that came back."""
        found: uuid.UUID | None = self.cleaned_data.get("once")
        return found
