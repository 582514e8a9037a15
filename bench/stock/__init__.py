"""What a good Channels tutorial would have one write for the same children: a project of its own.

One row per session saved at every position, one group per session, the model's answer relayed token
by token. It signs children in and keeps their questions, but seals nothing, logs nothing, screens
nothing, fences nothing and looks for no resent message. Its choices are the cheaper ones where
tutorials differ: one client of the model for all, pub/sub for the channel layer, a pool of
connections, answers in a task beside the positions.
"""
