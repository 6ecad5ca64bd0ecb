"""The library: tracks, modules, lessons and their versions."""
