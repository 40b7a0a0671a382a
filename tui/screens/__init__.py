"""Screens: the wiring of panels, and dialogs."""
