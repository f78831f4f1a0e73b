"""Real Chromium, and `prodkit lab` or `prodkit app` running on a data folder of the test's own.

Fixtures for any test here: `serve(...)` starts a server, `page` is a fresh tab, `console_errors` is
what went wrong in it so far. Without Chromium the tests skip; under CI=true that is a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SLOW = 60_000  # ms to wait for anything that a loaded machine does slowly; what holds is seen at once


@dataclass
class Server:
    """A running `prodkit lab` or `prodkit app`."""

    process: subprocess.Popen[str]
    home: Path
    said: list[str] = field(default_factory=list)  # what stood on the terminal

    @property
    def url(self) -> str:
        return self.said[-1]

    @property
    def port(self) -> int:
        return int(urlsplit(self.url).port or 0)

    def address(self, name: str) -> str:
        """The address of a lesson, or any other file, alone in the window (Lab would reopen earlier tabs)."""
        first = urlsplit(self.url)
        folder = first.path.rsplit("/", 1)[0]
        return f"http://{first.netloc}{folder}/{name}?{first.query}&reset"

    def stop(self, seconds: float = 10) -> int:
        """Press Ctrl-C and give the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(seconds)
        finally:
            self.process.kill()

    @property
    def log(self) -> str:
        return "".join(path.read_text(errors="replace") for path in (self.home / "logs").glob("*.log"))


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """`serve("lab", "--port", "9000", lessons=folder, home=folder)`: started, its address known."""
    running: list[Server] = []

    def start(*arguments: str, lessons: Path | None = None, home: Path | None = None) -> Server:
        home = home or tmp_path_factory.mktemp("home")
        env = os.environ | {
            "PRODKIT_HOME": str(home),
            "PYTHONPATH": str(ROOT),
        }  # the kernels take this very tree
        if lessons:
            env["PRODKIT_LESSONS"] = str(lessons)
        process = subprocess.Popen(
            [sys.executable, "-m", "prodkit", *(arguments or ("lab",)), "--no-browser"],
            cwd=ROOT,
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        server = Server(process, home)
        running.append(server)
        assert process.stdout is not None
        for line in process.stdout:
            server.said.append(line.rstrip("\n"))
            if line.startswith("http"):
                return server
        raise AssertionError(f"no address came: {server.said}\n{server.log}")

    yield start
    for server in running:
        server.stop(30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A running Chromium, found on the path."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium on the path, and CI must have one: apt-get install chromium")
        pytest.skip("no Chromium on the path: the browser tests are left out")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=SLOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A fresh tab, its cookies its own; it notes its console's complaints and what it asks other machines."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1600}, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.complaints, page.strangers = [], []
    page.on(
        "request", lambda r: urlsplit(r.url).hostname in (None, "localhost") or page.strangers.append(r.url)
    )
    page.on("pageerror", lambda error: page.complaints.append(f"exception: {error}"))
    page.on(
        "console",
        lambda m: m.type == "error" and page.complaints.append(f"{m.text} ({m.location.get('url')})"),
    )
    yield page
    context.close()


@pytest.fixture
def outside_requests(page) -> list[str]:
    """Addresses on other machines that the page has asked for so far."""
    return page.strangers


@pytest.fixture
def console_errors(page) -> list[str]:
    """Errors in the page's console so far."""
    return page.complaints


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    """Poll until it holds, or fail."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to hold in time"
        time.sleep(0.1)


@pytest.fixture
def eventually() -> Callable[..., None]:
    return wait_until


@pytest.fixture
def quiet_folder() -> Iterator[Path]:
    """A folder outside the test's own, for side effects that must not happen."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
