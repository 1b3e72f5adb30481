"""What gunicorn serves."""

from registry.app import create_app
from registry.config import Settings

app = create_app(Settings.from_env())
