"""What are the paragraphs, sentences, words and quotations of a report?"""
