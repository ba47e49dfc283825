"""Numbers, amounts and dates in a text, and whether two of them agree."""
