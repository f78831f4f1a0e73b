"""Take the README's picture: a card in lesson 05 that names a slip, in real JupyterLab.

python tools/screenshot.py
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from prodkit.exercises import Attempt

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "card.png"


def main() -> int:
    """Open the lesson, answer without the 2 under the root, and keep what the card says."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        print("No Chromium on the path.", file=sys.stderr)
        return 2
    v = Attempt("materials.eoq").variant
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        env = os.environ | {"PRODKIT_HOME": home}
        server = subprocess.Popen(
            [sys.executable, "-m", "prodkit", "lab", "--no-browser"],
            env=env,
            text=True,
            stdout=subprocess.PIPE,
        )
        assert server.stdout is not None
        url = urlsplit(next(line.strip() for line in server.stdout if line.startswith("http")))
        try:
            browser = playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1100, "height": 1600}, device_scale_factor=1.5)
            page.goto(f"http://{url.netloc}{url.path.rsplit('/', 1)[0]}/05_materials.ipynb?{url.query}")
            title = page.locator(".pk-title", has_text=re.compile(f"^{v.problem.title}$")).first
            title.wait_for(timeout=120_000)
            card = page.locator(".pk-card", has=title).first
            for i, typed in enumerate((v.key.quantity / 2**0.5, v.key.orders * 2**0.5)):
                card.locator(".pk-input").nth(i).fill(f"{typed:.1f}")
            card.get_by_role("button", name="Check").click()
            card.locator(".pk-headline").wait_for()
            page.mouse.move(0, 0)
            card.screenshot(path=str(PICTURE))
            browser.close()
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
    print(f"Wrote {PICTURE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
