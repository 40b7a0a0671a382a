"""Figures that say how fast warwatch is, each beside what to reach for: ``python -m bench`` or ``python -m bench NAME``."""
