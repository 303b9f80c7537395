"""What earlier runs saw. So far the index of keys and articles that corpus steps decide by."""
