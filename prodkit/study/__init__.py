"""What a learner did, kept on their own machine: the journal."""

from __future__ import annotations

from .journal import Event, Journal, JournalError

__all__ = ["Event", "Journal", "JournalError"]
