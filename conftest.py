"""Every test, and every kernel that a test starts, keeps its journal in an empty folder of its own."""

from __future__ import annotations

import os
import tempfile

os.environ["PRODKIT_HOME"] = tempfile.mkdtemp(prefix="prodkit-test-")
os.environ.setdefault("MPLBACKEND", "agg")
