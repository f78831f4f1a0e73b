"""What one test sets in pandas, the next does not see: `begin` sets how figures are shown, and its example does too."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest


@pytest.fixture(autouse=True)
def shown_as_ever() -> Iterator[None]:
    before = pd.options.display.float_format
    yield
    pd.options.display.float_format = before
