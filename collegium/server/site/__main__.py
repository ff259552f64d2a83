"""`python -m collegium.server.site serve …`: how the command line starts the site."""

import sys

from collegium.server.site.commands import main

sys.exit(main())
