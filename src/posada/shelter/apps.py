from django.apps import AppConfig


class ShelterConfig(AppConfig):
    name = "posada.shelter"
    label = "shelter"
    default_auto_field = "django.db.models.BigAutoField"
