"""The library as CSV, out and in; and how any library, from a file or ours, is put into a program.

entry      one lesson as plain values, its words those of its latest published version
cells      how a value stands in a cell, and back
parsing    a file's bytes to entries, with what is wrong in which line and column
stored     a program's lessons as entries
planning   entries against what is stored: new, changed, the same; no circle
writing    entries to rows, in few statements
"""
