"""The accounting of disclosures on paper."""
