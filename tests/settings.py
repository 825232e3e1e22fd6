"""Settings of the tests: the real ones, with a data folder of their own that disappears afterwards."""

import os
import tempfile

os.environ["NATA_DATA"] = tempfile.mkdtemp(prefix="natapraja-test-")

from natapraja.config.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# The same hash as in earnest, made with the least of memory and time: tests sign in by the hundred.
PASSWORD_HASHERS = ["tests.builders.hashing.QuickArgon2"]
