"""What a cell says: who leads, with whom, where, by which codes."""
