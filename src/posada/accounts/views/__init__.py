"""The pages of signing in, of one's own account, and of who works here."""

from posada.accounts.views import account, signing_in, staff

__all__ = ["account", "signing_in", "staff"]
