"""Migrations, oldest first; `mNNNN_what.py` each."""
