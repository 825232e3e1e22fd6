"""Lets the static files include the fonts, which lie in the data folder and not in the repository."""

from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import get_files
from django.core.files.storage import FileSystemStorage

from natapraja.foundation.web import fonts


class FontFinder(BaseFinder):
    """Serves DATA_DIR/fonts under the prefix "fonts"; finds nothing when the folder is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=fonts.folder())
        self.storage.prefix = fonts.FOLDER  # type: ignore[attr-defined]

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        name = path.removeprefix(f"{fonts.FOLDER}/")
        found = [self.storage.path(name)] if name != path and self.storage.exists(name) else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Any:
        if fonts.folder().is_dir():
            for path in get_files(self.storage, ignore_patterns):
                yield path, self.storage
