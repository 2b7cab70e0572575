"""Speed and memory beside peers, as ratios in one run. Never in the test suite: a busy machine must not fail it."""
