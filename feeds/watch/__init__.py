"""Watch terms: what an operator wants to be told of, found in every story as it comes in.

terms      the little language: phrases, AND, OR, NOT, parentheses, ``~word``, ``word*``
folding    letters as a reader takes them: no case, no accents, any hyphen
matcher    thousands of terms in one pass over a text
variants   spellings near a long word
watcher    terms of the desk at work in the collector
backfill   the archive looked through for new terms
spikes     hits per hour, and when they are too many to be usual
"""
