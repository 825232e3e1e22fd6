from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.foundation.ledger"
    label = "ledger"
    verbose_name = "Buku besar"
    default_auto_field = "django.db.models.BigAutoField"
