"""What do the rules of a language say: who says what, in which words, after whom?"""
