"""A whole installation and a real browser for the journeys.

`site` is started once: `nata run` on a free port of this machine, with a small synthetic population in a
folder of its own. `page_for(account, width)` opens a page as somebody; `check_accessible(page)` asks axe in
both colour schemes; `picture(page, name)` keeps what the journey saw; `seen(page, name)` does both on a phone
and on a desk. What is started here is ended here.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.journeys.pictures import slim

ROOT = Path(__file__).resolve().parents[2]
SHOWN_IN = ("README.md", "docs/**/*.md")  # a picture is kept for the manual when one of these shows it
TALLEST = 1_500  # px: a longer page is cut for the manual, which shows its beginning
PEOPLE = 4_000
PASSWORD = "natapraja-demo"
SETTINGS = "natapraja.config.settings"
PATIENCE = 15_000  # ms for one step: a busy machine is slow, a missing button never comes
PHONE, DESKTOP = 360, 1280
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LOOK = """only => axe.run(document, {resultTypes: ["violations"], ...(only && {runOnly: only})}).then(
  found => found.violations.map(each => [each.id, each.help, each.nodes.map(node => node.target.join(" "))]))"""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass(frozen=True)
class Site:
    """A running installation: its address, its data folder, and the command line beside it."""

    url: str
    data: Path

    def address(self, path: str) -> str:
        return self.url + path

    def nata(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a verb on the same data folder, as an officer at the server would."""
        command = [sys.executable, "-m", "natapraja", *words, "--data", str(self.data)]
        return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, env=_environment())


def _environment() -> dict[str, str]:
    """The installation's own settings, not those of the tests."""
    return {
        name: text for name, text in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "NATA_DATA")
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _is_well(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data, port = tmp_path_factory.mktemp("site"), _free_port()
    found = Site(f"http://127.0.0.1:{port}", data)
    command = [sys.executable, "-m", "natapraja", "run", "--port", str(port), "--people", str(PEOPLE)]
    with (data / "run.log").open("w") as log:
        house = subprocess.Popen(
            [*command, "--data", str(data)],
            cwd=ROOT,
            env=_environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            deadline = time.monotonic() + 180
            while not _is_well(found.url):
                said = (data / "run.log").read_text()
                assert house.poll() is None, f"nata run ended:\n{said}"
                assert time.monotonic() < deadline, f"not well after three minutes:\n{said}"
                time.sleep(0.2)
            _move_in_neighbours(data)
            yield found
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(20)


def _move_in_neighbours(data: Path) -> None:
    environment = _environment() | {"NATA_DATA": str(data), "DJANGO_SETTINGS_MODULE": SETTINGS}
    command = [sys.executable, "-m", "tests.journeys.neighbours"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert program, "Chromium is missing: sudo apt install chromium"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield found
        found.close()


@dataclass
class Doors:
    """Opens pages as different people; every sign-in happens once a session, through the sign-in page."""

    site: Site
    browser: Browser
    signed_in: dict[str, object] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, account: str | None, width: int, *, fresh: bool, script: bool) -> Page:
        if fresh and account:
            self.signed_in.pop(account, None)
        state = self._state(account) if account else None
        context = self._context(width, state, script=script)
        page = context.new_page()
        page.goto(self.site.address("/"))
        return page

    def _context(self, width: int, state: object = None, *, script: bool = True) -> BrowserContext:
        context = self.browser.new_context(
            java_script_enabled=script,
            viewport={"width": width, "height": 800},
            storage_state=state,  # type: ignore[arg-type]
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            has_touch=width < 600,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", self._only_our_host)
        context.on("console", self._policy)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self.contexts.append(context)
        return context

    def _only_our_host(self, request: Request) -> None:
        """Others have no name (FLAGS). Listened to, not intercepted: that would cost every request a detour."""
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def _policy(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(f"refused by the policy: {message.text}")

    def _state(self, account: str) -> object:
        if account not in self.signed_in:
            context = self._context(DESKTOP)
            page = context.new_page()
            page.goto(self.site.address("/masuk/"))
            page.fill("input[name=username]", account)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "/masuk/" not in url)
            self.signed_in[account] = context.storage_state()
        return self.signed_in[account]

    def close(self) -> None:
        while self.contexts:
            self.contexts.pop().close()


@pytest.fixture(scope="session")
def _doors(site: Site, browser: Browser) -> Doors:
    return Doors(site, browser)


@pytest.fixture
def page_for(_doors: Doors) -> Iterator[Callable[..., Page]]:
    """`page_for("camat.cepogo", 360)` or `page_for(None, 1280)` for somebody without an account.

    `fresh=True` signs in anew, for a journey that follows one that signed out; `script=False` opens the
    page in a browser that runs no JavaScript.
    """

    def opened(
        account: str | None = None, width: int = DESKTOP, *, fresh: bool = False, script: bool = True
    ) -> Page:
        return _doors.open(account, width, fresh=fresh, script=script)

    yield opened
    _doors.close()
    faults, _doors.faults[:] = list(dict.fromkeys(_doors.faults)), []
    assert not faults, "\n".join(faults)


@pytest.fixture
def check_accessible() -> Callable[[Page], None]:
    """Axe finds nothing on this page, neither light nor dark, and nothing sticks out at its width."""

    def check(page: Page) -> None:
        problems = []
        page.evaluate(Axe().axe_script)
        # Every rule on the light page; on the dark one only what colours can break, for only they differ.
        for scheme, only in (("light", None), ("dark", ["color-contrast", "link-in-text-block"])):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for name, words, places in page.evaluate(LOOK, only):
                problems.append(f"{page.url} ({scheme}): {name}: {words} at {', '.join(places[:4])}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            problems.append(f"{page.url}: {wide} px wider than the screen")
        page.emulate_media(color_scheme="light")
        assert not problems, "\n".join(problems)

    return check


@pytest.fixture(scope="session")
def shown() -> frozenset[str]:
    """Names of the pictures that the manual or the README shows."""
    pages = [path for pattern in SHOWN_IN for path in ROOT.glob(pattern)]
    return frozenset(
        Path(target).stem
        for path in pages
        for target in re.findall(r"!\[[^\]]*\]\(([^)]+\.png)\)", path.read_text(encoding="utf-8"))
    )


@pytest.fixture
def picture(shown: frozenset[str]) -> Callable[[Page, str], Path]:
    """Keep a screenshot under var/pictures. With NATA_PICTURES=docs/images: only those the manual shows."""
    told = os.environ.get("NATA_PICTURES")
    folder = ROOT / (told or "var/pictures")

    def taken(page: Page, name: str) -> Path:
        path = folder / f"{name}.png"
        if told and name not in shown:
            return path
        folder.mkdir(parents=True, exist_ok=True)
        page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
        size = page.viewport_size or {"width": DESKTOP, "height": 800}
        tall = page.evaluate("document.documentElement.scrollHeight")
        if page.locator(".dock").count():
            tall = size["height"]  # what was just done stands at the foot of the screen: show a screenful
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALLEST) if told else tall}
        seen = page.screenshot(full_page=True, animations="disabled", clip=clip)  # type: ignore[arg-type]
        path.write_bytes(slim(page, seen) if told else seen)
        return path

    return taken


@pytest.fixture
def seen(
    check_accessible: Callable[[Page], None], picture: Callable[[Page, str], Path]
) -> Callable[[Page, str], None]:
    """Look at a page on a phone and on a desk: axe in both colour schemes, and a picture of each."""

    def look(page: Page, name: str) -> None:
        before = page.viewport_size
        for width in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": 800})
            check_accessible(page)
            picture(page, f"{name}-{width}")
        if before:
            page.set_viewport_size(before)

    return look
