"""Trains the encoder that ships, from public sets and composed text to the artefact. Needs the extra `train`."""
