"""`python -m pathbook` is the same command as `pathbook`."""

from pathbook.commands import main

if __name__ == "__main__":
    main()
