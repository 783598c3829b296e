"""What do trained weights say: which words belong together, and how sure is a finding?"""
