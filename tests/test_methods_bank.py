"""The bank of methods problems."""

from __future__ import annotations

from bank_tests import *  # noqa: F403

SUBJECT = "methods"
