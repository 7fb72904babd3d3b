# The module `argparse`: what programs declare of their command line; here there is none but what parse_args() is given.
import sys as _sys

class ArgumentError(Exception):
    pass
class ArgumentTypeError(Exception):
    pass
SUPPRESS, REMAINDER, OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE = "==SUPPRESS==", "...", "?", "*", "+"

class HelpFormatter:
    pass
class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass
class RawDescriptionHelpFormatter(HelpFormatter):
    pass
class RawTextHelpFormatter(HelpFormatter):
    pass

class Namespace:
    def __init__(self, **kwargs):
        self.__dict__.update(kwargs)
    def __repr__(self):
        return "Namespace(" + ", ".join([f"{name}={value!r}" for name, value in self.__dict__.items()]) + ")"
    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, Namespace) else NotImplemented
    def __contains__(self, key):
        return key in self.__dict__

class _Argument:
    def __init__(self, names, action="store", nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, dest=None, version=None):
        if action not in ("store", "store_true", "store_false", "store_const", "append", "count", "version", BooleanOptionalAction):
            raise NotImplementedError(f"argparse's action={action!r} is not part of nabla")
        self.names, self.action, self.nargs, self.const, self.default, self.type, self.choices, self.required, self.help = names, action, nargs, const, default, type, choices, required, help
        self.positional = not names[0].startswith("-")
        longs = [name for name in names if name.startswith("--")] or list(names)
        self.dest = dest or longs[0].lstrip("-").replace("-", "_")
        if action == "store_true":
            self.const, self.default = True, False if default is None else default
        if action == "store_false":
            self.const, self.default = False, True if default is None else default
        if action is BooleanOptionalAction:
            self.names = names + ["--no-" + name[2:] for name in names if name.startswith("--")]
        self.takes = action in ("store", "append")
    def shown(self):
        return "/".join(self.names)

class BooleanOptionalAction:
    pass

class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, formatter_class=HelpFormatter, add_help=True, **others):
        self.prog, self.description, self._arguments, self._defaults = prog or "program", description, [], {}
    def add_argument(self, *names, **options):
        if not names:
            raise NotImplementedError("argparse's add_argument() without a name is not part of nabla")
        made = _Argument(list(names), **options)
        self._arguments.append(made)
        return made
    def add_argument_group(self, *args, **kwargs):
        return self
    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
    def get_default(self, dest):
        for one in self._arguments:
            if one.dest == dest:
                return self._defaults.get(dest, one.default)
        return self._defaults.get(dest)
    def error(self, message):
        print(f"usage: {self.prog} [options]\n{self.prog}: error: {message}", file=_sys.stderr)
        raise SystemExit(2)
    def print_help(self, file=None):
        lines = [f"usage: {self.prog} [options]"] + (["", self.description] if self.description else []) + [""]
        print("\n".join(lines + [f"  {', '.join(one.names)}  {one.help or ''}".rstrip() for one in self._arguments]), file=file)
    def _value(self, one, text):
        try:
            value = text if one.type is None else one.type(text)
        except ArgumentTypeError as error:
            self.error(f"argument {one.shown()}: {error}")
        except (TypeError, ValueError):
            self.error(f"argument {one.shown()}: invalid {getattr(one.type, '__name__', repr(one.type))} value: {text!r}")
        if one.choices is not None and value not in one.choices:
            self.error(f"argument {one.shown()}: invalid choice: {value!r} (choose from {', '.join(map(repr, one.choices))})")
        return value
    def _take(self, one, words, space):
        """Takes the words of one argument from the front of `words`."""
        def is_value(word):
            return not word.startswith("-") or word[1:].replace(".", "", 1).isdigit()
        count = 0
        most = 1 if one.nargs in (None, "?") else one.nargs if isinstance(one.nargs, int) else len(words)
        while count < min(most, len(words)) and is_value(words[count]):
            count += 1
        if one.nargs is None and count == 0:
            self.error(f"argument {one.shown()}: expected one argument")
        if isinstance(one.nargs, int) and count < one.nargs:
            self.error(f"argument {one.shown()}: expected {one.nargs} argument{'s' if one.nargs > 1 else ''}")
        if one.nargs == "+" and count == 0:
            self.error(f"argument {one.shown()}: expected at least one argument")
        values = [self._value(one, word) for word in words[:count]]
        del words[:count]
        value = values if one.nargs not in (None, "?") else values[0] if values else one.const
        if one.action == "append":
            value = (getattr(space, one.dest) or []) + [value]
        setattr(space, one.dest, value)
    def parse_known_args(self, args=None, namespace=None):
        words = list(_sys.argv[1:] if args is None else args)
        space = Namespace() if namespace is None else namespace
        for one in self._arguments:
            default = self._defaults.get(one.dest, one.default)
            if not hasattr(space, one.dest) and default != SUPPRESS and one.action != "version":
                setattr(space, one.dest, self._value(one, default) if isinstance(default, str) and one.type else default)
        for name, value in self._defaults.items():
            if not hasattr(space, name):
                setattr(space, name, value)
        waiting, unknown, seen = [one for one in self._arguments if one.positional], [], set()
        while words:
            word = words[0]
            name, equals, rest = word.partition("=")
            if word in ("-h", "--help"):
                self.print_help()
                raise SystemExit(0)
            if word.startswith("-") and not word[1:].replace(".", "", 1).isdigit():
                found = [one for one in self._arguments if name in one.names] or [one for one in self._arguments if name.startswith("--") and any([n.startswith(name) for n in one.names])]
                del words[0]
                if not found:
                    unknown.append(word)
                    continue
                one = found[0]
                seen.add(one.dest)
                if one.action is BooleanOptionalAction:
                    setattr(space, one.dest, not name.startswith("--no-"))
                elif one.action == "count":
                    setattr(space, one.dest, (getattr(space, one.dest) or 0) + 1)
                elif one.action == "version":
                    raise SystemExit(0)
                elif not one.takes:
                    setattr(space, one.dest, one.const)
                else:
                    if equals:
                        words.insert(0, rest)
                    self._take(one, words, space)
            elif waiting:
                seen.add(waiting[0].dest)
                self._take(waiting.pop(0), words, space)
            else:
                unknown.append(words.pop(0))
        missing = [one.shown() for one in self._arguments if one.dest not in seen and (one.required or (one.positional and one.nargs not in ("?", "*")))]
        if missing:
            self.error("the following arguments are required: " + ", ".join(missing))
        return space, unknown
    def parse_args(self, args=None, namespace=None):
        space, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error("unrecognized arguments: " + " ".join(unknown))
        return space
    def __getattr__(self, name):
        if name in ("add_subparsers", "add_mutually_exclusive_group", "format_help", "print_usage"):
            raise NotImplementedError(f"argparse.ArgumentParser.{name}() is not part of nabla")
        raise AttributeError(f"'ArgumentParser' object has no attribute {name!r}")
