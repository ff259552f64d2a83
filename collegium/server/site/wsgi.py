"""What a WSGI server starts: `collegium.server.site.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from collegium.server.desks import desks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.server.site.settings")
application = get_wsgi_application()
desks().all()  # replay before the first visitor comes
gc.collect()
gc.freeze()  # what is loaded now stays: the collector needn't walk it again
