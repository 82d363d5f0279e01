"""Documents side by side: copies of one list, and their differences."""
