"""How long a learner waits for feedback, beside a bare Button that fills an HTML widget, in one run.

    python benchmarks/feedback.py [clicks]

Starts `prodkit lab` with a lesson of its own, opens it in Chromium, and clicks the card's Check and
the bare button in turn; a MutationObserver in the page stops the clock when the answer stands there.
Wanted: the card's median at most 1.3 times the bare one's.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

BARE = """
import ipywidgets as w
button, html, n = w.Button(description="Bare"), w.HTML("<p class='bare-answer'>0</p>"), 0
def press(_):
    global n
    n += 1
    html.value = f"<p class='bare-answer'>{n}</p>"
button.on_click(press)
w.VBox([button, html])
"""
CARD = "from prodkit import exercise\nexercise('materials.eoq')"
WATCH = """
([press, answer]) => new Promise(done => {
  const box = document.querySelector(answer).closest('.jp-OutputArea-output');
  const start = performance.now();
  const watch = new MutationObserver(changes => {
    const added = changes.flatMap(c => [...c.addedNodes]).filter(n => n.nodeType === 1);
    if (!added.some(n => n.matches(answer) || n.querySelector(answer))) return;
    watch.disconnect();
    done(performance.now() - start);
  });
  watch.observe(box, {subtree: true, childList: true});
  document.querySelector(press).click();
})
"""


def lesson() -> str:
    """A notebook with the card and the bare button."""
    code = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    cells = [{**code, "id": f"c{i}", "source": source} for i, source in enumerate((BARE, CARD))]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "prodkit": {"run_on_open": True}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def main(clicks: int) -> int:
    """Print both medians and their ratio; exit 1 if the card takes more than 1.3 times the bare one."""
    browser_path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if browser_path is None:
        print("No Chromium on the path.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        lessons = Path(folder) / "lessons"
        lessons.mkdir()
        (lessons / "00_start_here.ipynb").write_text(lesson(), encoding="utf-8")
        env = os.environ | {"PRODKIT_HOME": str(Path(folder) / "home"), "PRODKIT_LESSONS": str(lessons)}
        server = subprocess.Popen(
            [sys.executable, "-m", "prodkit", "lab", "--no-browser"],
            env=env,
            text=True,
            stdout=subprocess.PIPE,
        )
        assert server.stdout is not None
        url = next(line.strip() for line in server.stdout if line.startswith("http"))
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=browser_path,
                    args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                )
                page = browser.new_page(viewport={"width": 1280, "height": 2000})
                page.goto(url)
                page.wait_for_selector(".bare-answer", timeout=60_000)
                page.locator(".pk-card input").first.fill("800")
                page.locator(".widget-button").first.evaluate("b => b.dataset.press = 'bare'")
                page.locator(".pk-card .pk-buttons button").first.evaluate("b => b.dataset.press = 'card'")
                page.locator("[data-press=card]").click()
                page.wait_for_selector(".pk-headline")
                times: dict[str, list[float]] = {"bare": [], "card": []}
                for turn in range(clicks + 3):
                    for name, answer in (("bare", ".bare-answer"), ("card", ".pk-headline")):
                        took = page.evaluate(WATCH, [f"[data-press={name}]", answer])
                        if turn >= 3:  # the first ones warm up
                            times[name].append(took)
                        page.wait_for_timeout(60)
                browser.close()
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
    bare, card = (statistics.median(times[name]) for name in ("bare", "card"))
    ratio = statistics.median(c / b for c, b in zip(times["card"], times["bare"], strict=True))
    print(
        f"clicks {clicks}: bare button {bare:.0f} ms, card {card:.0f} ms (medians), ratio pair by pair {ratio:.2f} (wanted: 1.30 or less)"
    )
    return 0 if ratio <= 1.3 else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
