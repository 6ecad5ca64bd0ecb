"""What a program's sessions taught, as lessons.csv of the clinic folder."""
