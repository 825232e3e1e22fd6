"""Opens a page in Chromium beside a server that changes its figures, and watches what live.js makes of it.

Run by test_live.py in a process of its own: the browser's driver keeps an event loop, beside which Django refuses
to speak to the database. Prints one JSON object of what was seen.
"""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import ClassVar

from playwright.sync_api import Page, sync_playwright

SCRIPT = Path(__file__).resolve().parents[3] / "natapraja/foundation/web/static/web/js/live.js"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PAGE = """<!doctype html><html><body data-live="/stream">
<p role="status" data-live-status="{{n}} berubah"></p><p id="lost" data-live-lost hidden>putus</p>
<div data-live-id="one"><b>{figure}</b> <a href="#p">Paspor {figure}</a></div>
<div data-live-id="two" id="two">tetap</div><input id="typed"><script src="/live.js" defer></script></body></html>"""
FIGURE = "document.querySelector('[data-live-id=one] b').textContent"


@dataclass
class Stage:
    figure: int = 1
    closed: bool = False
    readings: int = 0
    moved: list[Event] = field(default_factory=list)

    def move(self, times: int = 1) -> None:
        self.figure += 1
        for _ in range(times):
            for bell in self.moved:
                bell.set()
            time.sleep(0.005)


class Answers(BaseHTTPRequestHandler):
    stage: ClassVar[Stage]

    def log_message(self, *words: object) -> None:
        """Nothing: what matters is printed at the end."""

    def do_GET(self) -> None:
        if self.path == "/live.js":
            self.give(SCRIPT.read_text(), "text/javascript")
        elif self.path == "/stream":
            self.stream()
        else:
            self.stage.readings += "X-Live" in self.headers
            self.give(PAGE.format(figure=self.stage.figure), "text/html")

    def give(self, text: str, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def stream(self) -> None:
        self.send_response(503 if self.stage.closed else 200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        bell = Event()
        self.stage.moved.append(bell)
        while not self.stage.closed:
            if bell.wait(0.05):
                bell.clear()
                self.wfile.write(b"event: figures\ndata: 1\n\n")
                self.wfile.flush()


@contextmanager
def served(stage: Stage) -> Iterator[str]:
    Answers.stage = stage
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        stage.closed = True
        server.shutdown()


def shows(page: Page, figure: int) -> bool:
    page.wait_for_function(f"{FIGURE} === '{figure}'", timeout=15_000)
    return True


def hide(page: Page, hidden: bool) -> None:
    words = "true" if hidden else "false"
    page.evaluate(
        f"Object.defineProperty(document, 'hidden', {{value: {words}, configurable: true}});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )


def watch(page: Page, stage: Stage) -> dict[str, object]:
    seen: dict[str, object] = {}
    page.evaluate("window.kept = document.querySelector('#two'); true")
    page.fill("#typed", "ketikan")
    page.focus("[data-live-id=one] a")
    stage.move()
    seen["renewed"] = shows(page, 2)
    seen["focus"] = page.evaluate("document.activeElement.textContent")
    seen["said"] = page.text_content("[data-live-status]")
    seen["typed"] = page.input_value("#typed")
    seen["same node"] = page.evaluate("window.kept === document.querySelector('#two')")
    before = stage.readings
    stage.move(times=50)
    shows(page, 3)
    page.wait_for_timeout(700)
    seen["far fewer readings than events"] = stage.readings - before < 10
    stage.closed = True
    page.wait_for_selector("#lost", state="visible", timeout=15_000)
    stage.closed, stage.figure = False, 4
    seen["caught up after the line broke"] = shows(page, 4)
    page.wait_for_selector("#lost", state="hidden")
    hide(page, True)
    stage.move()
    page.wait_for_timeout(300)
    seen["hidden"] = page.evaluate(FIGURE)
    hide(page, False)
    seen["caught up when shown again"] = shows(page, 5)
    return seen


def main() -> None:
    stage, program = Stage(), shutil.which("chromium") or shutil.which("google-chrome")
    with served(stage) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        page.wait_for_timeout(200)
        seen = watch(page, stage)
        browser.close()
    print(json.dumps({**seen, "errors": wrong}))


if __name__ == "__main__":
    main()
