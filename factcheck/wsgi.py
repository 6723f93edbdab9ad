"""The web application; without a DATABASE_URL its process keeps the embedded database up."""

import os

from django.core.wsgi import get_wsgi_application

from factcheck.database import hold_embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

# Kept for the life of the process: the server stops when nobody holds it.
database_hold = hold_embedded(os.environ)
application = get_wsgi_application()
