"""Who can be traded and what they are called. Standard library only; built by `make universe`."""

from __future__ import annotations

from readthrough.universe.graph import Graph
from readthrough.universe.load import load_universe
from readthrough.universe.master import Universe
from readthrough.universe.sources import Sources

__all__ = ["Graph", "Sources", "Universe", "load_universe"]
