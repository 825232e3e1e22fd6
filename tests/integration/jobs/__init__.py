"""Background jobs: who goes first, and what the house does by itself."""
