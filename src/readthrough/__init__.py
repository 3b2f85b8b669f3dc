"""Readthrough: what happened, what it means, and what it means for what you hold."""

__all__ = ["__version__"]

__version__ = "0.1.0"
