"""One file for each subject of the speed table."""
