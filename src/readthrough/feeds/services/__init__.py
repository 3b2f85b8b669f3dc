"""News services that want a key, one small adapter each; every one of them is told by its public documentation."""
