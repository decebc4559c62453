"""What the columns of a table are: by their headers, and by their cells."""
