"""The HTTP edge: the JSON API under `/api/v1`, live streams, and the pages of `web` in one application."""
