"""The panel that lists, adds and removes articles."""
