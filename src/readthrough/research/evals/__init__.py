"""How right the reading is: our own gold articles, probes and pairs, and public sets where a folder of them is given."""
