"""What a careful reader would ask about: lines that are none of the list, and what looks odd."""
