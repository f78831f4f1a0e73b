"""A lesson opens alive in JupyterLab; a stranger's never does."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

RUN_MS = 240_000  # ms that a lesson may take to come alive on a loaded machine


def notebook(*code: str, **metadata: Any) -> str:
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": "t", "metadata": {}, "source": ["# A lesson\n\n$Q^2$"]}
    ]
    cells += [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": [c],
        }
        for i, c in enumerate(code)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel, **metadata}, "nbformat": 4, "nbformat_minor": 5}
    )


ASKED = {"prodkit": {"run_on_open": True}}
CODE = (
    "import ipywidgets\nipywidgets.IntSlider(description='dial', value=3)",
    'answer = 6 * 7  # é € 😀 " \\ \u2028',
    "print('alive', answer)",
)


@pytest.fixture(scope="module")
def gate(tmp_path_factory) -> Path:
    """The slow lesson runs until this file is there."""
    return tmp_path_factory.mktemp("gate") / "open"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory, gate) -> Path:
    waits = f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.1)"
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "00_start_here.ipynb").write_text(notebook(*CODE, **ASKED))
    (folder / "05_materials.ipynb").write_text(notebook(*CODE[1:], **ASKED))
    (folder / "07_slow.ipynb").write_text(notebook(waits, *CODE[1:], **ASKED))
    (folder / "09_quiet.ipynb").write_text(notebook(*CODE[1:]))
    return folder


@pytest.fixture(scope="module")
def lab(serve, shipped, chromium):
    return serve("lab", lessons=shipped)


def is_dirty(page) -> bool:
    return page.locator(".lm-DockPanel-tabBar .jp-mod-dirty").count() > 0


def wait_for_kernel(page) -> None:
    """Wait until the kernel answers (the status bar says so; the notebook's own sign begins as idle) and rests."""
    page.wait_for_selector(".jp-StatusBar-Widget >> text=/ Idle$/", timeout=RUN_MS)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=RUN_MS)


def write(page, cell, text: str) -> None:
    """Write into a cell, in place of what stands there."""
    cell.dblclick()  # a note shows its text
    editor = cell.locator(".cm-content")
    editor.fill(text)
    expect(editor).to_have_text(text)


def python(page, code: str, at: int) -> None:
    """Write code into a cell and run it by hand."""
    cell = page.locator(".jp-CodeCell").nth(at)
    write(page, cell, code)
    cell.locator(".cm-content").press("Shift+Enter")
    expect(cell.locator(".jp-InputPrompt")).not_to_have_text("[ ]:")  # under way, or done


def test_a_lesson_opens_alive_without_a_click(
    lab, shipped, page, console_errors, outside_requests, eventually, never
) -> None:
    page.goto(lab.url)
    page.wait_for_selector("text=alive 42", timeout=RUN_MS)
    page.wait_for_selector(".jp-OutputArea .widget-slider")
    wait_for_kernel(page)
    eventually(lambda: not is_dirty(page))
    assert (
        page.locator(".jp-Notebook .jp-mod-active h1").inner_text().startswith("A lesson")
    )  # still at its head
    assert page.locator(".jp-Dialog, .jp-toast, .Toastify__toast").count() == 0  # no news, no question
    assert page.locator("text=Voila").count() == 0
    never(lambda: is_dirty(page), 1.5)  # nothing comes afterwards and marks it as changed
    assert (lab.home / "lessons" / "00_start_here.ipynb").read_bytes() == (
        shipped / "00_start_here.ipynb"
    ).read_bytes()
    assert console_errors == []
    assert outside_requests == []


def test_it_comes_alive_again_after_a_reload(lab, page, console_errors) -> None:
    page.goto(lab.address("05_materials.ipynb"))
    page.wait_for_selector("text=alive 42", timeout=RUN_MS)
    page.reload()
    page.wait_for_selector("text=alive 42", timeout=RUN_MS)
    page.wait_for_selector(
        ".jp-InputPrompt >> text='[4]:'", timeout=RUN_MS
    )  # two cells, run twice in one kernel
    assert console_errors == []


def test_a_note_of_the_learners_own_keeps_it_alive_and_unsaved(lab, page, eventually) -> None:
    page.goto(lab.address("05_materials.ipynb"))
    page.wait_for_selector("text=alive 42", timeout=RUN_MS)
    wait_for_kernel(page)
    eventually(lambda: not is_dirty(page))
    write(page, page.locator(".jp-MarkdownCell").first, "My note.")
    eventually(lambda: is_dirty(page))  # what the learner types does count as a change
    page.keyboard.press("Control+S")
    eventually(lambda: not is_dirty(page))
    assert "My note." in (lab.home / "lessons" / "05_materials.ipynb").read_text()
    page.reload()
    page.wait_for_selector(".jp-RenderedMarkdown >> text=My note.", timeout=RUN_MS)
    page.wait_for_selector("text=alive 42", timeout=RUN_MS)


def test_what_is_typed_during_the_run_still_counts_as_a_change(lab, gate, page, never) -> None:
    page.goto(lab.address("07_slow.ipynb"))
    page.wait_for_selector(".jp-InputPrompt >> text='[*]:'", timeout=RUN_MS)
    write(page, page.locator(".jp-MarkdownCell").first, "typed meanwhile")
    assert page.locator("text=alive 42").count() == 0  # it does still run
    assert is_dirty(page)
    gate.touch()
    page.wait_for_selector("text=alive 42", timeout=RUN_MS)
    never(lambda: not is_dirty(page), 1)


def test_a_lesson_that_does_not_ask_stays_still(lab, page, never) -> None:
    page.goto(lab.address("09_quiet.ipynb"))
    wait_for_kernel(page)
    never(lambda: page.locator("text=alive 42").count(), 2)


@pytest.mark.parametrize(
    "keeps", [False, True], ids=["a stranger's notebook", "a lesson with one hostile cell"]
)
def test_a_hostile_copy_never_runs_not_even_once_it_was_saved(
    lab, page, eventually, never, quiet_folder, keeps
) -> None:
    mark = quiet_folder / "it_ran"
    hostile = f"open({str(mark)!r}, 'w').close()"
    name = f"hostile_{keeps}.ipynb"
    path = lab.home / "lessons" / name
    path.write_text(notebook(*(CODE if keeps else ()), hostile, **ASKED))
    page.goto(lab.address(name))
    page.wait_for_selector(".jp-CodeCell", timeout=RUN_MS)
    wait_for_kernel(page)
    write(page, page.locator(".jp-MarkdownCell").first, "changed")
    page.keyboard.press("Control+S")
    eventually(lambda: "changed" in path.read_text())  # saved: Jupyter now signs it as trusted
    for _ in range(2):
        page.goto(lab.address(name))
        page.wait_for_selector(".jp-CodeCell", timeout=RUN_MS)
        wait_for_kernel(page)
        never(mark.exists, 2)
    assert page.locator(".jp-InputPrompt >> text='[1]:'").count() == 0
    python(page, hostile, at=3 if keeps else 0)  # the mark does appear when the cell is run by hand
    eventually(mark.exists)


def test_an_untrusted_lesson_stays_still(lab, shipped, page, never) -> None:
    """The right code, but with a picture in its outputs that this machine never signed."""
    book = json.loads((shipped / "05_materials.ipynb").read_text())
    book["cells"][2]["outputs"] = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>x</b>"}}
    ]
    (lab.home / "lessons" / "unsigned.ipynb").write_text(json.dumps(book))
    page.goto(lab.address("unsigned.ipynb"))
    wait_for_kernel(page)
    never(lambda: page.locator("text=alive 42").count(), 2)


def test_the_kernel_is_this_very_python(lab, page) -> None:
    import sys

    (lab.home / "lessons" / "which.ipynb").write_text(notebook(""))
    page.goto(lab.address("which.ipynb"))
    wait_for_kernel(page)
    python(page, "import sys; print('python is', sys.prefix)", at=0)
    page.wait_for_selector(f"text=python is {sys.prefix}", timeout=RUN_MS)


def test_ctrl_c_ends_lab_and_its_kernels_at_once(serve, shipped, page) -> None:
    server = serve("lab", lessons=shipped)
    page.goto(server.url)
    page.wait_for_selector("text=alive 42", timeout=RUN_MS)
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < max(5, 2 * server.start_s)  # the machine may be a slow one just now
    assert "resuming operation" not in server.log  # it did not ask first
    assert "Shutting down 1 kernel" in server.log
    again = serve("lab", lessons=shipped, home=server.home, port=server.port)  # it is free again
    assert again.port == server.port
    assert again.stop() == 0


def test_the_app_shows_the_lesson_without_code(
    serve, shipped, page, console_errors, outside_requests, quiet_folder, eventually
) -> None:
    server = serve("app", lessons=shipped)
    page.goto(server.url)
    page.wait_for_selector("text=alive 42", timeout=RUN_MS)
    page.wait_for_selector(".widget-slider", timeout=RUN_MS)
    page.wait_for_selector("mjx-container", timeout=RUN_MS)  # the formula is set, by nothing but the kit
    expect(page.locator("text=alive 42")).to_have_count(1)
    assert "6 * 7" not in page.content()
    assert console_errors == []
    mark = quiet_folder / "it_ran"
    (server.home / "lessons" / "hostile.ipynb").write_text(
        notebook(f"open({str(mark)!r}, 'w').close()", **ASKED)
    )
    answer = page.goto(server.address("hostile.ipynb"))
    assert answer.status == 403
    assert "open it in prodkit lab" in page.inner_text("body")
    assert not mark.exists()
    eventually(lambda: "Kernel shutdown" in server.log)  # the page that was left has ended its kernel
    assert outside_requests == []
    assert server.stop() == 0


def test_without_the_token_nothing_is_shown(serve, shipped, page) -> None:
    for command in ("lab", "app"):
        server = serve(command, lessons=shipped)
        answer = page.goto(server.url.partition("?")[0])
        assert "/login" in answer.url
        assert server.stop() == 0
