"""Pictures for the manual: the screenshots of a journey as small PNG files with a palette of 256 colours.

A page of ours has few colours; the palette makes its picture three times lighter and no worse to read.
"""

import base64
import struct
import zlib

import numpy as np
from playwright.sync_api import Page

_PIXELS = """async text => {
  const bytes = await createImageBitmap(await (await fetch(text)).blob());
  const canvas = new OffscreenCanvas(bytes.width, bytes.height), pen = canvas.getContext("2d");
  pen.drawImage(bytes, 0, 0);
  const data = pen.getImageData(0, 0, bytes.width, bytes.height).data;
  let said = "";
  for (let at = 0; at < data.length; at += 32768) said += String.fromCharCode(...data.subarray(at, at + 32768));
  return [bytes.width, bytes.height, btoa(said)];
}"""


def slim(page: Page, png: bytes) -> bytes:
    """The same picture with at most 256 colours; `page` lends its browser for reading the pixels."""
    blank = page.context.browser.new_page()  # type: ignore[union-attr]  # without our policy, which bars data: addresses
    try:
        width, height, text = blank.evaluate(
            _PIXELS, "data:image/png;base64," + base64.b64encode(png).decode()
        )
    finally:
        blank.close()
    pixels = np.frombuffer(base64.b64decode(text), np.uint8).reshape(-1, 4)[:, :3]
    palette, places = reduced(pixels)
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = places.reshape(height, width)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(rows.tobytes(), 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in (*parts, (b"IEND", b"")))


def reduced(pixels: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """A palette (at most 256 x RGB) and, per pixel, the place of its colour or of the nearest one."""
    fine = pixels.astype(np.int64)
    bins = (fine[:, 0] >> 3 << 10) | (fine[:, 1] >> 3 << 5) | fine[:, 2] >> 3
    counts = np.bincount(bins, minlength=1 << 15)
    means = (
        np.stack([np.bincount(bins, fine[:, at], 1 << 15) for at in range(3)], 1)
        / np.maximum(counts, 1)[:, None]
    )
    used = np.flatnonzero(counts)
    common = used[np.argsort(counts[used], kind="stable")[::-1][:256]]
    distance = ((means[used][:, None, :] - means[common][None, :, :]) ** 2).sum(2)
    nearest = np.zeros(1 << 15, np.uint8)
    nearest[used] = distance.argmin(1)
    return means[common].round().astype(np.uint8), nearest[bins]


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
