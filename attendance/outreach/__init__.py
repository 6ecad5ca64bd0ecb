"""Getting back in touch with somebody who was missed."""
