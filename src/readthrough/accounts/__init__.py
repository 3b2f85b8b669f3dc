"""Who may ask: passwords, second factors, tokens, outside providers, and what each role may do. Keeps nothing."""
