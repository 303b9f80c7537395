"""Sources: files on disk -> raw pages, in a stated order. A bad input is a value, never an exception."""
