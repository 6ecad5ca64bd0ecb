"""The web doorway. It refuses to open on a weak configuration."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iop.settings")

application = get_wsgi_application()

from iop.readiness import refuse_to_serve  # noqa: E402 (settings first)

refuse_to_serve()
