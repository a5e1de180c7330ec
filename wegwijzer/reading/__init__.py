"""What the words of a message say: answers, dates, numbers, for whom it is.

No Rasa and no spaCy; the words are in the lexicons.
"""
