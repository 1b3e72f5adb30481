"""What answering would unlock, and how many needs an offer reaches: counted once a day.

The worker counts; pages read what it found, in numbers as coarse as their reader may know.
"""
