"""How right the reading is: our own gold articles, and public sets where a folder of them is given."""
