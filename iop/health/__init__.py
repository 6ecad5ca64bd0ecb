"""How the clock and the queue are doing: a page for people, figures for Prometheus."""
