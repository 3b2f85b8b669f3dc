"""The door for language-model programs: the Model Context Protocol, over standard streams and over HTTP."""
