"""Who is the source that is named, and through whom did the words come?"""
