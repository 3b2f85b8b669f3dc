"""Bytes from files and the network become drafts of articles. Imports `domain` only."""
