"""What payers have authorized for an episode: the page, and what other pages ask of it."""
