"""The screen in a browser, and the factbox for any web server.

browser ──► guard (token, host, origin) ──► server (textual-serve) ──► one `warwatch view` a tab, read-only
archive ──► publishing ──► files in a folder, each replaced in one step
"""
