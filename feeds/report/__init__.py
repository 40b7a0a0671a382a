"""Factbox and situation report: what the board says, told so that it can be printed, sent, mapped and defended.

    archive ──► compiling ──► Report (records) ──► rendering ──► Markdown, plain text, HTML, JSON, CSV, GeoJSON
                   │                                  │
                   ├ wording.toml     what may be     ├ templates/  the forms for people
                   ├ transitions.toml said of a city  └ columns     the forms for programs
                   ├ words, tally, highlights
                   └ map, labels, timeline            pictures as numbers, drawn by templates

It reads the archive through :class:`feeds.report.source.Source` and knows neither the wire nor a screen.
"""
