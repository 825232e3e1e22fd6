"""The living register: what we hold true of each unit, from when, and since when we knew it."""
