"""The ASGI application that uvicorn serves."""

import atexit
import gc
import os
import warnings

from django.core.asgi import get_asgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "natapraja.config.settings")
# WhiteNoise reads small static files at once, which is what we want; Django would say so for each of them.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
application = get_asgi_application()


def _settle() -> None:
    """Load what lives as long as the process, and let the garbage collector never look at it again.

    A full collection of all definitions cost every tenth page 70 ms.
    """
    from natapraja.mcd.indicators import catalogue

    catalogue.indicators()
    catalogue.concepts()
    get_resolver().check()  # imports every page
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # DuckDB's objects want to be collected at the end


_settle()
