"""The build of the gazetteer and of the theatres' places: run by `make gazetteer`, never by warwatch itself."""
