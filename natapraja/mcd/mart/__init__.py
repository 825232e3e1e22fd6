"""The columnar copy: plain Parquet files by register and village, refreshed within a second."""
