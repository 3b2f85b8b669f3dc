"""Speed, measured: never part of the tests. `make bench` runs every group."""
