"""The bank of scheduling problems."""

from __future__ import annotations

from bank_tests import *  # noqa: F403

SUBJECT = "scheduling"
