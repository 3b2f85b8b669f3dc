"""Rules, what they meet in a note, who hears of it and when to try again. Pure; sending is elsewhere.

Nothing is imported here: what reads a rule does not load what matches a hundred thousand.
"""
