from django.apps import AppConfig


class Config(AppConfig):
    name = "natapraja.foundation.web"
    label = "web"
    verbose_name = "Tampilan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from natapraja.foundation.web import fonts, i18n

        i18n.compile_all()
        fonts.ensure_fonts()
