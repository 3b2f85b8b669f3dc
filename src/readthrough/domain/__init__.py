"""Frozen values that every room shares. Imports the standard library only."""
