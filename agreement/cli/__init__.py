"""The command line: options in, sentences out. The only room that prints, reads the clock or exits."""

import gc

GARBAGE_AFTER = 500_000
"""New objects between two collections. One sheet makes fewer; to look through them at the usual 700 costs it 15 %."""

gc.set_threshold(GARBAGE_AFTER)
