"""What every other wing stands on: words, places, people's rights, the ledger, the look."""
