# The module `IPython.display`: what notebooks show beside printed text. Markdown, LaTeX and HTML are shown as their own text.
import sys as _sys

class DisplayObject:
    def __init__(self, data=None, url=None, filename=None, metadata=None):
        if url is not None or filename is not None:
            raise NotImplementedError(f"IPython.display.{type(self).__name__} of a file or an address is not part of nabla: there are no files here")
        self.data, self.metadata = data, metadata or {}
    def __repr__(self):
        return f"<IPython.core.display.{type(self).__name__} object>"
    def _shown(self):
        return str(self.data)
class TextDisplayObject(DisplayObject):
    pass
class Markdown(TextDisplayObject):
    pass
class Latex(TextDisplayObject):
    pass
class Math(TextDisplayObject):
    def _shown(self):
        return "$\\displaystyle %s$" % str(self.data).strip("$")
class Pretty(TextDisplayObject):
    pass
class Code(TextDisplayObject):
    pass
class HTML(TextDisplayObject):
    def _shown(self):
        out, inside = [], False
        for c in str(self.data):
            if c == "<":
                inside = True
            elif c == ">" and inside:
                inside = False
            elif not inside:
                out.append(c)
        return "".join(out)
class JSON(DisplayObject):
    def _shown(self):
        return repr(self.data)
class _Missing(DisplayObject):
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(f"IPython.display.{type(self).__name__} is not part of nabla")
class Image(_Missing):
    pass
class Audio(_Missing):
    pass
class Video(_Missing):
    pass
class SVG(_Missing):
    pass
class Javascript(_Missing):
    pass
class IFrame(_Missing):
    pass
class YouTubeVideo(_Missing):
    pass
class FileLink(_Missing):
    pass

class DisplayHandle:
    def __init__(self, display_id=None):
        self.display_id = display_id
    def display(self, obj, **kwargs):
        display(obj)
    update = display

def display(*objs, display_id=None, **kwargs):
    for obj in objs:
        print(obj._shown() if isinstance(obj, DisplayObject) else repr(obj))
    return DisplayHandle(display_id) if display_id else None
def update_display(obj, *, display_id, **kwargs):
    display(obj)
def clear_output(wait=False):
    _sys.stdout.write("\x1b[2K\r")
    _sys.stderr.write("\x1b[2K\r")
def display_markdown(*objs, raw=False, **kwargs):
    display(*objs)
display_html = display_latex = display_pretty = display_markdown
def set_matplotlib_formats(*formats, **kwargs):
    pass
