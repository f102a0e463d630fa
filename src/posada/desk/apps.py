from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "posada.desk"
    label = "desk"
