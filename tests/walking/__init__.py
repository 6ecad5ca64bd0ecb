"""A walk through every address of the house: who may, what pages hold back, what nobody breaks."""
