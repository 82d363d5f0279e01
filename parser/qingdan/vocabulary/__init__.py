"""The words that finding knows, as a user may add to them: own rows beside the package's, their faults, and what rows are missing."""
