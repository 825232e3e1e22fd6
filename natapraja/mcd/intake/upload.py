"""Files on their way in: written straight to the data folder, never held in memory, and never beyond the limit."""

import os
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from . import folders, rules


class Arrived(UploadedFile):
    """A file that lies in the folder of uploads until somebody takes it."""

    def __init__(self, path: Path, **facts: Any) -> None:
        super().__init__(file=None, **facts)
        self.path = path

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)


class ToDataFolder(FileUploadHandler):
    """Streams each file into DATA_DIR/uploads. `too_large` holds the size in bytes when the limit was passed."""

    chunk_size = 1024 * 1024

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.too_large = 0
        self._path: Path | None = None
        self._target: BinaryIO | None = None

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """What the browser says about the length is believed only when it is too much already."""
        length = kwargs.get("content_length", args[2] if len(args) > 2 else 0)
        if length > rules.FILE_LIMIT + rules.MEGABYTE:
            self.too_large = length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.too_large:
            raise StopUpload(connection_reset=False)
        handle, name = tempfile.mkstemp(dir=folders.uploads())
        self._path, self._target = Path(name), os.fdopen(handle, "wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._target is None:
            return
        if start + len(raw_data) > rules.FILE_LIMIT:
            self.too_large = start + len(raw_data)
            self.upload_interrupted()
            raise StopUpload(connection_reset=False)
        self._target.write(raw_data)

    def file_complete(self, file_size: int) -> Arrived | None:
        if self._target is None or self._path is None:
            return None
        self._target.close()
        path, self._target, self._path = self._path, None, None
        return Arrived(
            path, name=self.file_name, content_type=self.content_type, size=file_size, charset=self.charset
        )

    def upload_interrupted(self) -> None:
        if self._target is not None:
            self._target.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._target, self._path = None, None
