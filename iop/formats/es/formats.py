"""Spanish as it is written in a clinic in the United States: 12-hour time, decimal points."""

DATE_FORMAT = "j \\d\\e F \\d\\e Y"
TIME_FORMAT = "g:i A"
DATETIME_FORMAT = "j \\d\\e F \\d\\e Y, g:i A"
SHORT_DATE_FORMAT = "m/d/Y"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
