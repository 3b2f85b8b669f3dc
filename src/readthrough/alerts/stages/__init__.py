"""From match to person, as alertmanager has it: a list of stages, each a step over values."""

from __future__ import annotations

from readthrough.alerts.stages.pipeline import STAGES, decide
from readthrough.alerts.stages.scene import Scene, Turn

__all__ = ["STAGES", "Scene", "Turn", "decide"]
