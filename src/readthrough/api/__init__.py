"""The HTTP edge: the JSON API under `/api/v1`, live streams, and the pages of `web` in one application."""

from readthrough.api.app import create_app
from readthrough.api.serve import serve, serving

__all__ = ["create_app", "serve", "serving"]
