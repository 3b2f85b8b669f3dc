"""How events reach live pages and, at scale, other processes."""
