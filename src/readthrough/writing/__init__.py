"""Words: summary, claims and decisions, from facts and playbooks, each sentence checked. Standard library only."""

from __future__ import annotations

from readthrough.writing.write import Playbooks, load_playbooks, write

__all__ = ["Playbooks", "load_playbooks", "write"]
