"""Run the command line as `python -m agreement`. Knows nothing but where it begins."""

from agreement.cli.main import main

if __name__ == "__main__":
    main()
