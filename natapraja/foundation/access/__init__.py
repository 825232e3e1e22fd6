"""Who may do what: sign-in, roles by area and agency, purposes for reading persons. Default deny."""
