"""Reference pages, printed from code and definitions into docs/reference/ and compared by `nata check`."""
