"""The proof: an append-only, signed Merkle tree of every write and every read of personal data."""
