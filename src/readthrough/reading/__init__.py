"""What the text says: sentences, links, facts, events, sentiment. Pure and synchronous."""
