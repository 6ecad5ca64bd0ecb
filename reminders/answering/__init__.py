"""Whether somebody comes on a day, as they say it by a reply or by the link."""
