"""Runs the web server, the worker and the clock side by side in one terminal, for the demo."""
