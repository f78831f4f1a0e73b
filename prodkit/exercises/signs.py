"""Options of a "which method?" question: each is known by a sign in the story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .parts import Option

__all__ = ["options_by_sign"]


def options_by_sign(methods: Mapping[str, str], signs: Mapping[str, str]) -> tuple[Option, ...]:
    """An option for each method: right where the story drawn is its own (`g.method`), else a question back.

    Parameters
    ----------
    methods
        What each method is called, by its id.
    signs
        By what a story shows that it wants this one, a sentence; by the same ids.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> takt, _ = options_by_sign({"takt": "Takt time", "queue": "A queue"}, {"takt": "A beat is asked.", "queue": "It waits."})
    >>> takt.reason(SimpleNamespace(method="takt"), None), takt.reason(SimpleNamespace(method="queue"), None)
    ('A beat is asked.', 'That would fit if this held: a beat is asked. Does the text say so?')
    """
    return tuple(Option(name, text, _reason(name, signs[name])) for name, text in methods.items())


def _reason(name: str, sign: str) -> Callable[[Any, Any], str]:
    asked = f"That would fit if this held: {sign[0].lower()}{sign[1:]} Does the text say so?"
    return lambda g, a: sign if name == g.method else asked
