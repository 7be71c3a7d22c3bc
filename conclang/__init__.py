"""conclang: a small language for concurrency scenarios."""

from __future__ import annotations

from conclang import engine as _engine
from conclang._version import VERSION as __version__

_engine.install()

__all__ = ["__version__"]
