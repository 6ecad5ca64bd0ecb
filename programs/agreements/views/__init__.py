"""The pages of a person's consents, agreements and documents."""
