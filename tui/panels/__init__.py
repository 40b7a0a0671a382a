"""One panel a file, each painting one view; panels do not know each other."""
