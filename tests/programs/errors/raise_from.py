# raise ... from ...: the cause is shown first.
class ConfigError(Exception):
    """Raised when a setting makes no sense."""

def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise ConfigError(f"batch size {text!r} is not a number") from error

print(parse("32"))
print(parse("many"))
