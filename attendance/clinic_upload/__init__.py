"""A clinic folder sent from the browser: taken in, checked, shown, then imported or dropped.

arriving, unpacking    what is sent, into a folder of its own, within limits
working                a worker takes a row up, and tells how far it is
actions                receive, check, decide, import, sweep
"""
