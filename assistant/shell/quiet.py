"""Neither web framework may tell anybody about its use, whatever the environment says."""

from __future__ import annotations

import os

_SETTINGS = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "FASTAPI_OTEL_AUTO_CONFIGURE": "false",
}


def silence() -> None:
    """Switch off what Gradio and FastAPI would send or keep; call before importing Gradio."""
    os.environ.update(_SETTINGS)
