"""Definitions become figures: concepts, indicators, figures with a passport, and the bridge between two."""
