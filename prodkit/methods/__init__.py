"""Methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

__all__: list[str] = []
