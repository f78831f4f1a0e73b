"""Real Chromium, and `prodkit lab` or `prodkit app` running on a data folder of the test's own.

Fixtures for any test here: `serve(...)` starts a server, `page` is a fresh tab (`shared_page` one for a
whole file), `console_errors` is what went wrong in it so far. Without Chromium the tests skip; under
CI=true that is a failure.

The tests wait for what they need, never for a while: a loaded machine is slow, not wrong. Where something
must not happen, `never` watches for it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SLOW = 90_000  # ms to wait for anything that a loaded machine does slowly; what holds is seen at once


@dataclass
class Server:
    """A running `prodkit lab` or `prodkit app`."""

    process: subprocess.Popen[str]
    home: Path
    said: list[str] = field(default_factory=list)  # what stood on the terminal
    started: float = field(default_factory=time.monotonic)
    start_s: float = 0  # seconds until its address came: how fast the machine is just now

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

    @property
    def token(self) -> str:
        return urlsplit(self.url).query.removeprefix("token=")

    def stop(self, seconds: float = 90) -> int:
        """Press Ctrl-C and give the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it did not end in {seconds} s:\n{self.log}") from None
        finally:
            self.process.kill()

    @property
    def log(self) -> str:
        return "".join(path.read_text(errors="replace") for path in (self.home / "logs").glob("*.log"))


def free_port() -> int:
    """A port that nothing has, and that no server takes by itself: two that start at once may both want 8888."""
    while True:
        port = random.randint(20_000, 30_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """`serve("lab", lessons=folder, home=folder, port=9000)`: started, its address known."""
    running: list[Server] = []

    def start(
        command: str, lessons: Path | None = None, home: Path | None = None, port: int | None = None
    ) -> Server:
        home = home or tmp_path_factory.mktemp("home")
        port = port or free_port()
        env = os.environ | {
            "PRODKIT_HOME": str(home),
            "PYTHONPATH": str(ROOT),
        }  # the kernels take this very tree
        if lessons:
            env["PRODKIT_LESSONS"] = str(lessons)
        process = subprocess.Popen(
            [sys.executable, "-m", "prodkit", command, "--no-browser", "--port", str(port)],
            cwd=ROOT,
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        server = Server(process, home)
        running.append(server)
        assert process.stdout is not None
        too_long = threading.Timer(240, process.kill)
        too_long.start()
        try:
            for line in process.stdout:
                server.said.append(line.rstrip("\n"))
                if line.startswith("http"):
                    server.start_s = time.monotonic() - server.started
                    return server
        finally:
            too_long.cancel()
        raise AssertionError(f"no address came: {server.said}\n{server.log}")

    yield start
    for server in running:
        server.stop()


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


@contextmanager
def fresh_tab(chromium: Any) -> Iterator[Any]:
    """A tab, its cookies its own; it notes its console's complaints and what it asks other machines."""
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
def page(chromium):
    """A fresh tab."""
    with fresh_tab(chromium) as page:
        yield page


@pytest.fixture(scope="module")
def shared_page(chromium):
    """One tab for all tests of a file, where opening what they look at takes long."""
    with fresh_tab(chromium) as page:
        yield page


@pytest.fixture
def outside_requests(page) -> list[str]:
    """Addresses on other machines that the page has asked for so far."""
    return page.strangers


@pytest.fixture
def console_errors(page) -> list[str]:
    """Errors in the page's console so far."""
    return page.complaints


def wait_until(true: Callable[[], object], seconds: float = SLOW / 1000) -> None:
    """Poll until it holds, or fail."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to hold in time"
        time.sleep(0.1)


@pytest.fixture
def eventually() -> Callable[..., None]:
    return wait_until


def watch(true: Callable[[], object], seconds: float) -> None:
    """Fail if it holds at any moment of this time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert not true(), "it came to hold, and must not"
        time.sleep(0.1)


@pytest.fixture
def never() -> Callable[..., None]:
    return watch


@pytest.fixture
def quiet_folder() -> Iterator[Path]:
    """A folder outside the test's own, for side effects that must not happen."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
