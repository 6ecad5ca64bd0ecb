"""What browsers refused on our pages, by their own report; and what we allow pages to do."""
