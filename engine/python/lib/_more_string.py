# The classes of `string`. Runs in the module's own namespace.
import re as _re

def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])

class Template:
    delimiter, idpattern, flags = "$", "[_a-zA-Z][_a-zA-Z0-9]*", _re.IGNORECASE
    def __init__(self, template):
        self.template = template
        mark = _re.escape(self.delimiter)
        self._places = _re.compile(f"{mark}(?:(?P<escaped>{mark})|(?P<named>{self.idpattern})|{{(?P<braced>{self.idpattern})}}|(?P<invalid>))")
    def _fill(self, mapping, keywords, safe):
        values = {**(mapping or {}), **keywords}
        def fill(found):
            if found["escaped"]:
                return self.delimiter
            name = found["named"] or found["braced"]
            if name is None:
                if safe:
                    return found.group()
                before = self.template[:found.start()]
                raise ValueError("Invalid placeholder in string: line %d, col %d" % (before.count("\n") + 1, found.start() - before.rfind("\n")))
            return found.group() if safe and name not in values else str(values[name])
        return self._places.sub(fill, self.template)
    def substitute(self, mapping=None, /, **kws):
        return self._fill(mapping, kws, False)
    def safe_substitute(self, mapping=None, /, **kws):
        return self._fill(mapping, kws, True)
    def get_identifiers(self):
        return list(dict.fromkeys([found["named"] or found["braced"] for found in self._places.finditer(self.template) if found["named"] or found["braced"]]))
    def is_valid(self):
        return all([found["invalid"] is None for found in self._places.finditer(self.template)])
