"""Closed classes of English: the words that carry no meaning of their own, by their kind."""

from __future__ import annotations

from typing import Final

AUXILIARIES: Final = frozenset(
    "is are was were be been being am 's 're get gets got gotten has have had having 've do does did hasn't haven't hadn't isn't "
    "aren't wasn't weren't didn't doesn't don't".split()
)
BE: Final = frozenset(
    "is are was were be been being am 're isn't aren't wasn't weren't get gets got gotten".split()
)
MODALS: Final = frozenset(
    "could may might would will can should must shall 'll 'd couldn't wouldn't won't can't cannot shouldn't mightn't".split()
)
NEGATIONS: Final = frozenset(
    "not never no longer hasn't haven't hadn't isn't aren't wasn't weren't didn't doesn't don't couldn't wouldn't won't can't cannot n't".split()
)
ADVERBS: Final = frozenset(
    "also now already just still finally even then again ever soon later reportedly apparently almost nearly all but since only "
    "both have long once briefly yet largely today yesterday overnight thus too once more longer firmly fully so far in fact".split()
)
PREPOSITIONS: Final = frozenset(
    "in on at by for from to of into onto with within inside over against after before since until through throughout across towards "
    "toward upon amid during under between among despite following without via beyond out up around near outside along".split()
)
SUBORDINATORS: Final = frozenset(
    "while as when because although though whereas where if unless whether that who which whose whom since after before until amid".split()
)
CONJUNCTIONS: Final = frozenset(["and", "or", "but", "&", "nor", "then"])
DETERMINERS: Final = frozenset(
    "the a an this that these those its their his her our another some any all both each every no".split()
)
NOUNS_IN_LY: Final = frozenset(
    "july assembly family supply rally ally italy monopoly reply anomaly sicily elderly homily butterfly".split()
)
"""Words in -ly that are no adverbs."""
PRONOUNS: Final = frozenset("they he she it them we who".split())
