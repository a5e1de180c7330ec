"""The rule book: the running rules printed in Dutch for the lawyers who own them, so that it cannot drift."""
