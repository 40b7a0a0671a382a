"""A shift at the desk: what changed since a moment, what is open, who has what, and the note for whoever comes next."""
