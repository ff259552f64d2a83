"""What a WSGI server starts: `collegium.server.site.wsgi:application`."""

import gc
import os
import sys
from multiprocessing.util import Finalize

from django.core.wsgi import get_wsgi_application

from collegium.server.desks import desks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.server.site.settings")
application = get_wsgi_application()
desks().all()  # replay before the first visitor comes
# Signs the last checkpoint and folds the databases' logs in. The server's processes are children,
# which end without asking `atexit`.
Finalize(None, desks().close, exitpriority=10)
# Four threads share one interpreter. While one renders a long page, each of the others waits this
# long whenever it comes back from the disk; with Python's 5 ms a form would take a second.
sys.setswitchinterval(0.001)
gc.freeze()  # what is loaded now stays: the collector needn't walk it, not even once
gc.set_threshold(20_000, 20, 20)  # a request makes some thousands of things, hardly one in a circle
