"""What left the clinic: stated before, recorded after, accounted for."""
