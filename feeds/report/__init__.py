"""Factbox and situation report."""
