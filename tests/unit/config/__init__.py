"""The wiring: settings, environment."""
