"""Starts the lessons: `lab` in JupyterLab, `app` as pages without code (Voila).

Both run Jupyter's server in this process, on settings of the kit's own under `home()/jupyter`; the
learner's own Jupyter and IPython settings are neither read nor touched. What the server prints goes to
`home()/logs`; the terminal gets one line and the address.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from . import lessons
from .errors import ProdkitError
from .home import clone, home, shipped, write_whole

__all__ = ["LabError", "app", "lab", "prepare", "warm_up_fonts"]

_EXTENSIONS = Path(__file__).resolve().parent / "labextension"
_PAGES = Path(__file__).resolve().parent / "pages"
_SETTINGS = {  # Lab's defaults in the kit; what a learner sets in Lab still wins
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "kernelShutdown": True},
}


class LabError(ProdkitError):
    """A server that did not start; the text says why and what to do."""


def prepare() -> Path:
    """Write the kit's own Jupyter settings and point this process, and its kernels, at them.

    Returns
    -------
    Path
        The folder `home()/jupyter`.
    """
    own = home() / "jupyter"
    for name in (
        "JUPYTER_TOKEN",
        "JUPYTER_CONFIG_PATH",
        "JUPYTER_PATH",
        "JUPYTER_NO_CONFIG",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
        "JUPYTER_PORT",
        "JUPYTER_PORT_RETRIES",
    ):
        os.environ.pop(name, None)
    for name, folder in (
        ("JUPYTER_CONFIG_DIR", own / "config"),
        ("JUPYTER_DATA_DIR", own / "data"),
        ("JUPYTER_RUNTIME_DIR", own / "runtime"),
        ("IPYTHONDIR", own / "ipython"),
        ("MPLCONFIGDIR", home() / "matplotlib"),
    ):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(folder)
    page = {
        "disabledExtensions": {"@voila-dashboards/jupyterlab-preview": True},
        "prodkitLessons": ",".join(lessons.run_digests()),
    }
    settings = own / "config" / "labconfig"
    write_whole(settings / "page_config.json", json.dumps(page).encode())
    write_whole(settings / "default_setting_overrides.json", json.dumps(_SETTINGS).encode())
    return own


def warm_up_fonts(*, wait: bool = True) -> subprocess.Popen[bytes] | None:
    """Build matplotlib's font cache in the kit's folder, so that no lesson shows its red line.

    Returns
    -------
    subprocess.Popen or None
        The process that builds it; None where the cache is there.
    """
    folder = home() / "matplotlib"
    if any(folder.glob("fontlist*.json")):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        env=os.environ | {"MPLCONFIGDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if wait:
        process.wait()
    return process


def lab(
    *,
    browser: bool = True,
    here: bool = False,
    port: int | None = None,
    ip: str = "localhost",
    reset: Sequence[str] = (),
) -> None:
    """Open the lessons in JupyterLab; returns when Ctrl-C has ended it.

    Parameters
    ----------
    browser
        Whether to open the browser.
    here
        Whether to work on the clone's own `notebooks/`, as an author, not on the learner's copy.
    port
        The port to take; 8888, or the next that is free, where None.
    ip
        The address to listen on; ``"0.0.0.0"`` lets other machines in (with the token).
    reset
        Lessons to lay down afresh first.

    Raises
    ------
    LabError
        If the server does not start.
    LessonError, HomeError
        If the lessons cannot be laid down.
    """
    root = _here() if here else _working_copy(reset)
    own = prepare()
    _sign(root, own)

    def start(config: dict[str, Any]) -> Any:
        from jupyterlab.labapp import LabApp
        from traitlets.config import Config

        config["ServerApp"]["jpserver_extensions"] = {"jupyterlab": True, "voila.server_extension": False}
        config["LabApp"] = {
            "default_url": f"/lab/tree/{_first()}",
            "extra_labextensions_path": [str(_EXTENSIONS)],
            "extension_manager": "readonly",
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "news_url": None,
        }
        return LabApp.initialize_server(argv=[], config=Config(config))

    what = (
        f"Opening {root} in JupyterLab"
        if here
        else f"Opening the lessons in JupyterLab (your copy is in {root})"
    )
    _serve(what, start, _server(root, ip, port, 8888), home() / "logs" / "lab.log", browser=browser)


def app(*, browser: bool = True, port: int | None = None, ip: str = "localhost") -> None:
    """Show the lessons as pages, without code and already run; returns when Ctrl-C has ended it.

    Only the kit's own lessons are shown: a page hides the code that it runs.

    Parameters
    ----------
    browser, port, ip
        As in :func:`lab`; the usual port is 8866.

    Raises
    ------
    LabError
        If the server does not start.
    LessonError, HomeError
        If the lessons cannot be laid down.
    """
    root = _working_copy(())
    own = prepare()
    os.environ["JUPYTER_PATH"] = str(_PAGES)  # where Voila looks for the page's template
    _sign(root, own)
    known = frozenset(lessons.run_digests())

    def only_ours(handler: Any, notebook: Any, cwd: str) -> None:
        from tornado.web import HTTPError

        if lessons.code_digest(notebook) not in known:
            raise HTTPError(403, reason="This is not one of the kit's own lessons: open it in prodkit lab")
        handler.xsrf_token  # noqa: B018  (asking for it sets the cookie with which a closed page ends its kernel)

    def own_formulas(page: dict[str, Any], **_: Any) -> dict[str, Any]:
        return page | {
            "fullMathjaxUrl": None,
            "mathjaxConfig": None,
        }  # MathJax from Voila itself, not the network

    def start(config: dict[str, Any]) -> Any:
        from jupyter_server.serverapp import ServerApp
        from traitlets.config import Config

        config["ServerApp"] |= {
            "jpserver_extensions": {"voila.server_extension": True},
            "default_url": f"/voila/render/{_first()}",
        }
        config["VoilaConfiguration"] = {
            "prelaunch_hook": only_ours,
            "page_config_hook": own_formulas,
            "template": "prodkit",
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "strip_sources": True,
        }
        config["MappingKernelManager"] = {
            "cull_idle_timeout": 600,
            "cull_interval": 60,
        }  # of pages that were closed
        server = ServerApp.instance(config=Config(config))
        server.initialize(argv=[], find_extensions=False)
        return server

    what = "Showing the lessons as pages without code"
    _serve(what, start, _server(root, ip, port, 8866), home() / "logs" / "app.log", browser=browser)


def _here() -> Path:
    if clone() is None and not os.environ.get("PRODKIT_LESSONS"):
        raise LabError(
            "--here works on a clone's own lessons, and this kit is installed without one: leave --here away"
        )
    return shipped("notebooks")


def _first() -> str:
    for name in lessons.names():
        if name.endswith(".ipynb"):
            return name
    raise LabError(f"there are no lessons in {shipped('notebooks')}: install prodkit again")


def _working_copy(reset: Sequence[str]) -> Path:
    """Bring the learner's copy up to date, and say what they should know of it."""
    done = lessons.update()
    for name in done.kept:
        print(
            f"{name} has a newer version; yours was kept. To take it: prodkit lab --reset {Path(name).stem}"
        )
    for lesson in reset:
        name, saved = lessons.reset(lesson)
        print(f"{name} is as it shipped" + (f"; your version is in {saved}" if saved else ""))
    return lessons.folder()


def _sign(root: Path, own: Path) -> None:
    """Sign the lessons in `root` that are, byte for byte, as they ship; no others."""
    source = shipped("notebooks")
    ours = ((source / name, root / name) for name in lessons.names() if name.endswith(".ipynb"))
    lessons.sign([mine for theirs, mine in ours if mine.read_bytes() == theirs.read_bytes()], own / "data")


def _server(root: Path, ip: str, port: int | None, usual: int) -> dict[str, Any]:
    return {
        "ServerApp": {
            "root_dir": str(root),
            "ip": ip,
            "port": usual if port is None else port,
            "port_retries": 50 if port is None else 0,
            "open_browser": False,  # opened here, once the server listens
            "allow_root": hasattr(os, "geteuid") and os.geteuid() == 0,
            "kernel_spec_manager_class": _own_kernel(),
        },
        "KernelManager": {"shutdown_wait_time": 2.0},  # seconds for a busy kernel, once Ctrl-C was pressed
    }


def _own_kernel() -> type:
    """A kernel list of one: this very Python, whatever kernels the machine has registered."""
    from jupyter_client.kernelspec import KernelSpecManager
    from traitlets import List

    class OwnKernel(KernelSpecManager):
        kernel_dirs: Any = List()

    return OwnKernel


def _serve(
    what: str, start: Callable[[dict[str, Any]], Any], config: dict[str, Any], log: Path, *, browser: bool
) -> None:
    """Run a server until Ctrl-C: one line, the address, and the rest to the log."""
    with _printing_to(log) as terminal:
        print(f"{what}. Ctrl-C ends it.", file=terminal, flush=True)
        fonts = warm_up_fonts(wait=False)
        failure: BaseException | None = None
        try:
            server = start(config)
            _stop_on_signals(server)

            async def announce() -> None:  # runs once the server listens
                while fonts and fonts.poll() is None:
                    await asyncio.sleep(0.1)
                address = _address(server)
                print(address, file=terminal, flush=True)
                if browser and _has_display():
                    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

            server.io_loop.add_callback(announce)
            server.start()
        except (Exception, SystemExit) as error:
            failure = error
    if failure:
        raise _explain(failure, config["ServerApp"], log) from failure


def _address(server: Any) -> str:
    host = "localhost" if server.ip in ("", "127.0.0.1", "::1", "0.0.0.0", "::") else server.ip
    return f"http://{host}:{server.port}{server.default_url}?token={server.identity_provider.token}"


def _has_display() -> bool:
    """Whether there is a browser to open; on Linux without a display it would be a text one, in this terminal."""
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in shown)


def _stop_on_signals(server: Any) -> None:
    """End the server, and its kernels, at the first Ctrl-C without a question; at the second at once."""

    def stop(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        server.stop(from_signal=True)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)  # not every system has each
        if number and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):  # nohup
            signal.signal(number, stop)


def _explain(error: BaseException, server: dict[str, Any], log: Path) -> LabError:
    if isinstance(error, ModuleNotFoundError):
        return LabError(f"{error.name} is missing: pip install 'prodkit[lab]'")
    lines = log.read_text(errors="replace").splitlines()
    ports = [line for line in lines if re.search(r"[Pp]ort .*(not available|already in use|denied)", line)]
    if ports and isinstance(error, SystemExit):
        return LabError(f"port {server['port']} is taken or not allowed: leave --port away, or name another")
    told = "\n".join(f"  {line}" for line in [*lines[-12:], f"{type(error).__name__}: {error}"])
    return LabError(f"the server did not start; run prodkit doctor. The end of {log}:\n{told}")


@contextmanager
def _printing_to(log: Path) -> Iterator[TextIO]:
    """Send all that this process and its children print to `log`, for good; give the terminal itself.

    Afterwards `sys.stdout` and `sys.stderr` are the terminal again; a thread of the server's that still
    holds the old ones, or a kernel, goes on writing to the log.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    streams = sys.stdout, sys.stderr
    terminal = [os.fdopen(os.dup(s.fileno()), "w", encoding=s.encoding, errors="replace") for s in streams]
    for stream in streams:
        stream.flush()
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)
    try:
        yield terminal[0]
    finally:
        sys.stdout, sys.stderr = terminal
