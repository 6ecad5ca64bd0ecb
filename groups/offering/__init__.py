"""The hours that the calendar offers week by week, and the Matrix schedule set up as published.

weeks          sessions to minutes of a week: a rule over plain values
gap            what is missing against the rule, and what would fill it
reading        the sessions that are stored, and those the weekly slots will still make
page           the page
matrix_*       the form, the plan and the preview of the Matrix schedule
"""
