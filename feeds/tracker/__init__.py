"""Reading what is said about a city: sentence to chunks, chunks to claims, claims to evidence.

Words      ``tokens`` sentences and tokens · ``lexicon`` the words known, in one trie · ``closed`` words of grammar · ``homographs``
           verb or noun · ``mention`` a first look at a text · ``reaching`` words of a theatre that never come to bear
Chunks     ``chunks`` atoms · ``sides`` who · ``places`` where (``regions``, ``facilities``, ``vicinity``, ``anaphors``, ``appositions``, ``mentions``)
           · ``verbs`` verb groups · ``context`` "the city" from one sentence to the next (``focus``, ``pronouns``)
Arguments  ``subjects``, ``actors`` who acts · ``arguments`` on what
Claims     ``rules`` the table · ``matching``, ``roles`` which rule fits, ``ruleless`` when none does · ``judging`` what remains of it
           · ``claims`` all of a sentence · ``attacks``, ``garrisons``, ``holding``, ``having``, ``flags``, ``nearness`` what is said
           without a trigger verb · ``nowar`` pictures, disasters, other centuries · ``overtaken`` what the same story outdates
           · ``sequel`` what it tells of a city afterwards · ``sharing``, ``lists`` cities named beside a claim, or after it was counted · ``factbox`` headings and lists
Moods      ``cues`` · ``modality`` wish, doubt, condition · ``supposing``, ``unsaid`` ``denial``, ``refuting`` in this sentence, of the one before · ``history``
Evidence   ``voices`` by whose word · ``days``, ``counts`` when, how many · ``passage`` one story · ``reader`` the door · ``explain``
"""

from feeds.tracker.reader import Reader, Reading

__all__ = ["Reader", "Reading"]
