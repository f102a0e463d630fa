"""Wrapped keys live in keyring.db; everything else in main.db."""

from typing import Any

KEYRING = "keyring"
_KEYRING_MODELS = frozenset({"wrappedkey", "keyringepoch"})


class KeyringRouter:
    """Sends wrapped keys and their count to the keyring and nothing else."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        """The database to read from."""
        in_keyring = model._meta.app_label == "vault" and model._meta.model_name in _KEYRING_MODELS  # noqa: SLF001 - Django's documented way to a model's names
        return KEYRING if in_keyring else "default"

    def db_for_write(self, model: Any, **_hints: Any) -> str:
        """The database to write to."""
        return self.db_for_read(model)

    def allow_relation(self, _left: Any, _right: Any, **_hints: Any) -> bool | None:
        """Left to Django."""
        return None

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **_hints: Any) -> bool:
        """The keyring holds two tables."""
        in_keyring = app_label == "vault" and model_name in _KEYRING_MODELS
        return (db == KEYRING) == in_keyring
