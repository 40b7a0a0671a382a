"""The terminal of warwatch: full screen and command line."""
