"""A press that is only a key of its own: sent twice, it counts once."""

import uuid

from django import forms


class OnceForm(forms.Form):
    """Nothing but the key."""

    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def key(self) -> uuid.UUID | None:
        """The key; none if it was not sent whole."""
        self.full_clean()
        found: uuid.UUID | None = self.cleaned_data.get("once")
        return found
