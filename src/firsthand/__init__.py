"""Who knows this first hand?"""
