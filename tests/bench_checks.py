"""What the tests of all benches use: what they show, and whatever may come in from a page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from prodkit.charts import Chart
from prodkit.widgets.explorers import Explorer

GARBAGE: list[Any] = [
    "", "many", "<b>1</b>", "=1+1", "1" * 5000, "-5", "nan", "1e999", None, [], {}, True, float("nan"),
    ["a"], {"machine": "x"}, {"laser": "x"},
]  # fmt: skip
SENTENCE = re.compile(r"[A-Z0-9].*[.?]$", re.DOTALL)


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Chart, "png", lambda *_, **__: b"")  # drawn in the tests of the charts


def shown(explorer: Explorer) -> dict[str, float | None]:
    """What stands under Now, as numbers; None where there is none to show."""
    return {
        label: None if now == "none" else float(re.match(r"-?[\d,.]+", now).group().replace(",", ""))  # type: ignore[union-attr]
        for label, now, _ in explorer.state["figures"]
    }


def learned(explorer: Explorer) -> list[str]:
    """What each target has taught; empty where it is not reached."""
    return [target["learned"] for target in explorer.state["targets"]]


def feed_garbage(bench: Explorer) -> None:
    """Nothing that comes in raises, breaks what is shown, or stays after Reset."""
    before = bench.values
    for name in [*before, "nosuch"]:
        for value in GARBAGE:
            bench.set(**{name: value})
            json.dumps([bench.view, bench.state], allow_nan=False)
    bench.reset()
    assert bench.values == before
    for message in (None, "set", {"do": "run"}, {"do": "set"}, {"do": "set", "values": {3: 4}, "seq": "x"}):
        bench._handle_custom_msg(message, [])
        json.dumps(bench.state, allow_nan=False)
    bench.reset()
    assert bench.values == before
