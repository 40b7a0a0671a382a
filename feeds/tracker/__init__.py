"""Reading what is said about a city: sentence to chunks, chunks to claims, claims to evidence.

``tokens`` sentences and tokens · ``lexicon`` the words known · ``chunks``, ``sides``, ``places``, ``verbs`` phrases ·
``context`` "the city", "they" · ``arguments`` who does what to what · ``rules``, ``claims`` what it says ·
``modality`` whether it happened · ``voices`` by whose word · ``days``, ``counts`` when and how many · ``reader`` the door.
"""

from feeds.tracker.reader import Reader, Reading

__all__ = ["Reader", "Reading"]
