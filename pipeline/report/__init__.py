"""What a run or a page came to, for people to read. Pure: outcomes in, something to print or write out."""
