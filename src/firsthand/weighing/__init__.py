"""What does the model make of a case, how does that follow when something is turned, and what if it is too large?

Here the stages that turn judgements into factors meet the one that solves them; no stage knows of another.
`solving` solves a case, `calibrating` keeps it ready to be asked again, `turning` asks it, `estimating` draws where
nothing else would end.
"""
