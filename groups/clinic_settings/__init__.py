"""Where the clinic meets, and what its calendar should keep to: the pages where a director says."""
