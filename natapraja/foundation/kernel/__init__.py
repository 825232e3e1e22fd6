"""Words everything shares: identifiers, periods, working days, definition files.

Pure: no Django, no database, no settings.
"""
