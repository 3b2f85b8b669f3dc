"""Run by the rivals' interpreter, never imported: spaCy's blank English pipeline with an entity ruler."""

from __future__ import annotations

import json
import sys
from time import process_time

import spacy

material = json.loads(sys.stdin.readline())
begun = process_time()
pipeline = spacy.blank("en")
ruler = pipeline.add_pipe("entity_ruler")
ruler.add_patterns([{"label": "ORG", "pattern": name} for name in material["names"]])
print(json.dumps({"load_seconds": process_time() - begun, "spacy": spacy.__version__}), flush=True)
for line in sys.stdin:
    begun = process_time()
    found = sum(len(pipeline(text).ents) for text in material["texts"][json.loads(line)])
    print(json.dumps({"seconds": process_time() - begun, "found": found}), flush=True)
