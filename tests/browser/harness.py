"""A bare page with the card on a stand-in for the widget model, in Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "prodkit" / "widgets"

MODEL = """
class Model {
  constructor(state) { this.state = state; this.heard = {}; this.sent = []; this.saved = 0; this.mute = false; }
  get(name) { return this.state[name]; }
  set(name, value) {
    if (JSON.stringify(this.state[name]) === JSON.stringify(value)) return;
    this.state[name] = value;
    this.fire(`change:${name}`);
  }
  on(name, listener) { (this.heard[name] ??= []).push(listener); }
  off(name, listener) { this.heard[name] = (this.heard[name] ?? []).filter((one) => one !== listener); }
  fire(name, ...rest) { for (const listener of [...(this.heard[name] ?? [])]) listener(...rest); }
  save_changes() { this.saved += 1; }
  send(content) {
    if (this.closed) throw new Error("closed");
    this.sent.push(JSON.parse(JSON.stringify(content)));
    if (!this.mute) setTimeout(() => this.reply(content), 5);
  }
  reply(content) {
    for (const [name, value] of Object.entries(this.next ?? {})) this.set(name, value);
    this.fire("msg:custom", { done: content.seq, ...(this.error ? { error: this.error } : {}) });
  }
}
"""


def open_card(page: Any, view: dict[str, Any], *, dark: bool | None = None, **state: Any) -> None:
    """Show a card of `view`; the model is `window.model`, two equal cards with `twice=True`."""
    twice = state.pop("twice", False)
    theme = "" if dark is None else f' data-jp-theme-light="{str(not dark).lower()}"'
    paper = "#111111" if dark else "#ffffff"
    html = (
        f'<!doctype html><html lang="en"><head><title>Card</title><meta name="viewport" content="width=device-width">'
        f'<style>body{{margin:8px;background:{paper}}}</style></head><body{theme}><main><div id="card"></div>'
        f'<div id="second"></div></main></body></html>'
    )
    page.route("http://localhost/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("http://localhost/")
    page.add_style_tag(content=(FOLDER / "card.css").read_text(encoding="utf-8"))
    source = "".join((FOLDER / name).read_text(encoding="utf-8") for name in ("parts.js", "card.js"))
    first = {"view": view, "answers": {}, "verdict": None} | state
    page.evaluate(
        f"""async ([source, state, twice]) => {{
            {MODEL}
            const url = URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }}));
            const card = (await import(url)).default;
            window.model = new Model(state);
            window.keys = [];
            for (const kind of ["keydown", "keyup", "keypress", "paste", "copy", "cut"])
              document.addEventListener(kind, (event) => window.keys.push(kind));
            window.leave = card.render({{ model, el: document.getElementById("card") }});
            if (twice) card.render({{ model, el: document.getElementById("second") }});
        }}""",
        [source, json.loads(json.dumps(first)), twice],
    )
