"""A real site behind TLS, for `check --deploy`."""

from posada.config.settings import *  # noqa: F403 - settings are built on settings
