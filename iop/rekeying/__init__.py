"""A new field key: what the old ones encrypted is encrypted with the newest, while in use."""
