"""Builders: each makes one thing a test needs and hides everything the test's sentence does not mention."""
