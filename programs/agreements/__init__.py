"""What somebody agreed to, and the papers on record of them."""
