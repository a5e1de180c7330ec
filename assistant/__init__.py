"""What Wegwijzer adds to Rasa: launcher, actions in process, response generator, channels, NLU components."""
