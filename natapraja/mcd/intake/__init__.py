"""Whole files of register rows: read, checked row by row, believed in batches, and what is wrong handed back.

A file is a sender's word. Good rows become versions; bad rows are kept with a sentence that says what to do.
"""
