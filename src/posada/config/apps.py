from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register


class PosadaConfig(AppConfig):
    name = "posada.config"
    label = "config"

    def ready(self) -> None:
        # By dotted name: the checks need the apps that are being loaded here.
        for check in import_module("posada.config.checks").ALL:
            register(check)
