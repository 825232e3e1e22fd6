"""Monitoring Center for Development: the living register and the figures that move with it."""
