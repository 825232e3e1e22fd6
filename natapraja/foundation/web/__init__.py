"""The look: base pages, style sheets, charts drawn on the server, formats of numbers and dates."""
