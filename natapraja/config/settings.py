"""Settings of one installation. Everything the running system writes lives under DATA_DIR."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf.locale import LANG_INFO

from natapraja.config.environment import data_folder, regency, value

DATA_DIR = data_folder()
DEFINITIONS = Path(value("NATA_DEFINITIONS")).resolve()
REGENCY = regency(DEFINITIONS)


def _secret_key() -> str:
    """Made once on the first start and kept beside the data, so that no installation shares a key."""
    path = DATA_DIR / "secret.key"
    if not path.exists():
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _database() -> dict[str, object]:
    """SQLite in DATA_DIR, or PostgreSQL when NATA_DATABASE is postgresql://user:password@host:port/name."""
    url = value("NATA_DATABASE")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "natapraja.sqlite3",
            "OPTIONS": {
                "timeout": 30,
                # Writers queue at BEGIN instead of failing in the middle of a transaction.
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


SECRET_KEY = _secret_key()
DEBUG = value("NATA_DEBUG") == "1"
ALLOWED_HOSTS = value("NATA_HOSTS").split(",")
DEMO = value("NATA_DEMO") == "1"  # shows the demo accounts and marks every page "data sintetis"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks_db",
    "natapraja.foundation.ledger",
    "natapraja.foundation.areas",
    "natapraja.foundation.access",
    "natapraja.foundation.web",
    "natapraja.mcd.registers",
    "natapraja.mcd.intake",
    "natapraja.mcd.synthetic",
    "natapraja.mcd.mart",
    "natapraja.mcd.indicators",
    "natapraja.mcd.dashboards",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "natapraja.foundation.web.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "natapraja.foundation.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "natapraja.foundation.access.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "natapraja.config.urls"
ASGI_APPLICATION = "natapraja.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "natapraja.foundation.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "natapraja.foundation.web.templatetags.natapraja"],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["natapraja.foundation.access.backend.LockingBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/mulai/"
SESSION_COOKIE_AGE = 8 * 3600  # before sign-in; afterwards session_hours of roles.toml counts
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = value("NATA_HTTPS") == "1"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if value("NATA_HTTPS") == "1" else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "id"
LANG_INFO["jv"] = {"bidi": False, "code": "jv", "name": "Javanese", "name_local": "Basa Jawa"}
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English"), ("jv", "Basa Jawa")]
LOCALE_PATHS = [DATA_DIR / "locale"]  # compiled at start from the .po files of each room
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "natapraja.foundation.web.finders.FontFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"  # emptied at every start: only what is on its way in lies there
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)  # Django asks for it before anything else is made

MART_ENGINE = value("NATA_ENGINE")
SPARK_MASTER = value("NATA_SPARK")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        # The worker of django-tasks sets its own level and tells of every start, task and stop.
        "jobs": {"class": "logging.StreamHandler", "formatter": "line", "level": "ERROR"},
    },
    "loggers": {
        "django_tasks": {"handlers": ["jobs"], "propagate": False},
        "django_tasks_db": {"handlers": ["jobs"], "propagate": False},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},  # 400 is answer enough
        "django.request": {"level": "ERROR"},  # a page not found is the visitor's news, not the operator's
    },
    "root": {"handlers": ["stderr"], "level": value("NATA_LOG")},
}
