"""Settings of the tests: the real ones, with a data folder of their own that disappears afterwards."""

import os
import tempfile

os.environ["NATA_DATA"] = tempfile.mkdtemp(prefix="natapraja-test-")

from natapraja.config.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
