"""What an index costs as it grows, and what it stands."""
