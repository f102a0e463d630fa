from django.apps import AppConfig


class AsylumConfig(AppConfig):
    name = "posada.asylum"
    label = "asylum"
    default_auto_field = "django.db.models.BigAutoField"
