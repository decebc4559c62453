"""Lists without a table: fiches, items, lines one below the other, sentences."""
