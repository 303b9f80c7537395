"""Pure functions over str and numpy arrays; nothing here knows an item, a chain or a configuration."""
