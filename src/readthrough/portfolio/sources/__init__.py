"""What custodians and brokers write, read as rows under our own field names."""

from __future__ import annotations

from readthrough.portfolio.sources.recognise import FORMATS, Source, read_source, recognise

__all__ = ["FORMATS", "Source", "read_source", "recognise"]
