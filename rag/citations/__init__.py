"""Marker → paragraph, and the words in it that carry the claim."""
