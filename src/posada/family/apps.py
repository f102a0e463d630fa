from django.apps import AppConfig


class FamilyConfig(AppConfig):
    name = "posada.family"
    label = "family"
    default_auto_field = "django.db.models.BigAutoField"
