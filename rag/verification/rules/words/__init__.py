"""Word lists of news English, written for the verdict."""
