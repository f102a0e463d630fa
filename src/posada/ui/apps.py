"""The looks of every page: no tables, no rules."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "posada.ui"
    label = "ui"
