"""The command line: options in, sentences out. The only room that prints, reads the clock or exits."""
