"""`python -m natapraja VERB`: the command line, once the environment stands."""

import sys

from natapraja.config.cli import main

sys.exit(main())
