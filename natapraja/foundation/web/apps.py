from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.foundation.web"
    label = "web"
    verbose_name = "Tampilan"
    default_auto_field = "django.db.models.BigAutoField"
