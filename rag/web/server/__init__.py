"""Who may ask, and what the server does for everybody."""
