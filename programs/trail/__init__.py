"""The audit trail, read: who looked at whom, who did what, and what stands out."""
