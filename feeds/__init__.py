"""Everything of warwatch without a screen: from bytes on the net to a board of capitals."""
