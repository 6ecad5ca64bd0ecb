"""What holds when a part of the installation is away: words and a 503, never half a record."""
