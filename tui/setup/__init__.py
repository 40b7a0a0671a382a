"""What is set up in the screen, without the screen: sections of entries, and the steps that change them.

steps     what comes next when a person asked for something: words, a form, a choice, an errand, a key
section   what every section is
feeds, terms, saved, alerts, theatres, themes, keys      one section each
child     an errand that another process does: what fetches, parses or tracks is never loaded by the screen
"""

from tui.setup.section import Entry, Section
from tui.setup.steps import Again, Choice, Errand, Field, Form, KeyWanted, Option, Said, Step, WrongField

__all__ = [
    "Again",
    "Choice",
    "Entry",
    "Errand",
    "Field",
    "Form",
    "KeyWanted",
    "Option",
    "Said",
    "Section",
    "Step",
    "WrongField",
]
