"""The web application; without a DATABASE_URL its process keeps the embedded database up."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from factcheck.database import hold_embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

# REST framework imports this for a test client wherever it is installed, as it is for other
# libraries' sake; nothing in a web process calls it, and it is 4 MiB.
sys.modules.setdefault("requests", None)  # type: ignore[arg-type]

# Kept for the life of the process: the server stops when nobody holds it.
database_hold = hold_embedded(os.environ)
application = get_wsgi_application()
