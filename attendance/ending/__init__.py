"""A colleague's account as a director sees it: a new link, a lost phone, the end of their work."""
