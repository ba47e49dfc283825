"""A web page → the article in it."""
