"""One file for each subject of the index table."""
