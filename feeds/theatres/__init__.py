"""The wars that warwatch knows: one folder a theatre under ``packs/``, read and checked here."""

from feeds.theatres.load import load_theatre, load_theatres, theatre_ids
from feeds.theatres.model import Place, Side, Theatre

__all__ = ["Place", "Side", "Theatre", "load_theatre", "load_theatres", "theatre_ids"]
