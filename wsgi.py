"""What gunicorn serves."""

from registry.app import create_app
from registry.app.log_lines import write_log_lines
from registry.config import Settings

settings = Settings.from_env()
write_log_lines(settings.log_level)
app = create_app(settings)
