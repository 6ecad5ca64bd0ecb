"""An episode of care from the first day to the last: transfer, leave, discharge, and back."""
