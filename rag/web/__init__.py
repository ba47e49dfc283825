"""The page: a conversation, its reader and its archive panel."""
