"""Asks a language model for claims, over any OpenAI-compatible endpoint or Anthropic's. It is given no tools.

What comes back is untrusted until `writing.accept` has weighed it. pydantic-ai loads when a model is first asked.
"""
