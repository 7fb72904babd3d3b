# What stands for something drawn (artists), and helpers that read colours, styles and numbers. A figure is gathered as plain data
# (wasm/src/figure.ts is its schema), which the page draws: an artist holds its mark there.
import math

import numpy as np
from matplotlib import color_of, color_text, colormap


MOST_POINTS, MOST_CELLS = 4000, 40000
MARKERS = set('. , o v ^ < > 1 2 3 4 8 s p P * h H + x X D d | _ None none'.split()) | {' ', ''}
STYLES = {'-': 'solid', 'solid': 'solid', '--': 'dashed', 'dashed': 'dashed', '-.': 'dashdot', 'dashdot': 'dashdot', ':': 'dotted',
          'dotted': 'dotted', 'None': 'none', ' ': 'none', '': 'none', 'none': 'none'}
PLACES = ['best', 'upper right', 'upper left', 'lower left', 'lower right', 'right', 'center left', 'center right', 'lower center', 'upper center', 'center']
# What changes nothing in how nabla draws, and so is accepted.
HARMLESS = set('''zorder antialiased aa clip_on rasterized picker gid url snap animated fontfamily family fontname fontweight weight fontstyle style labelpad
pad bbox_to_anchor frameon fancybox shadow ncol ncols framealpha borderaxespad title_fontsize interpolation origin_ solid_capstyle dash_capstyle
capsize ecolor elinewidth capthick bbox transform antialiaseds nchunk rstride cstride which axis length direction pad_inches bbox_inches
facecolor_ hatch numpoints scatterpoints markerscale handlelength labelspacing columnspacing prop rotation_mode wrap y_ pivot headwidth headlength headaxislength
minlength units fill joinstyle capstyle markeredgewidth mew fillstyle markevery drawstyle dashes label_ log_ edgecolor_ extend'''.split())


def numbers(values):
    """Values as a float array; a tensor that requires grad raises PyTorch's error."""
    return np.asarray(values, float)


def listed(values):
    return np.asarray(values, float).ravel().tolist()


def thinned(*columns):
    """Evenly thinned out to what a figure can show."""
    count = len(columns[0])
    if count <= MOST_POINTS:
        return columns
    pick = np.linspace(0, count - 1, MOST_POINTS).astype(int)
    return tuple([np.asarray(c)[pick] for c in columns])


def only(what, options, *known):
    for name in options:
        if name not in HARMLESS and name not in known:
            raise AttributeError(f'{what}.set() got an unexpected keyword argument {name!r}')


def either(options, *names, default=None):
    for name in names:
        if name in options:
            value = options.pop(name)
            if value is not None:
                return value
    return default


def line_style(options, default='solid'):
    style = either(options, 'linestyle', 'ls')
    if style is None:
        return default
    if isinstance(style, tuple):
        return 'dashed'
    if style not in STYLES:
        raise ValueError(f"{style!r} is not a valid value for ls; supported values are '-', '--', '-.', ':', 'None', ' ', '', 'solid', 'dashed', 'dashdot', 'dotted'")
    return STYLES[style]


def marker_style(marker):
    if marker is None or marker in ('None', 'none', ' ', ''):
        return None
    if marker not in MARKERS and not str(marker).startswith('$'):
        raise ValueError(f'Unrecognized marker style {marker!r}')
    return str(marker)


def parse_format(text):
    """'r--o' as colour, style and marker; each may be None."""
    color = color_text(text) if not (text.isdigit() or text in MARKERS) else None
    if color is not None:
        return color, None, None
    style = marker = None
    i = 0
    while i < len(text):
        two = text[i:i + 2]
        if two in ('--', '-.'):
            style, i = STYLES[two], i + 2
        elif text[i] in ('-', ':'):
            style, i = STYLES[text[i]], i + 1
        elif text[i] == 'C' and text[i + 1:i + 2].isdigit():
            color, i = color_of(two), i + 2
        elif text[i] in MARKERS and text[i] != ' ':
            marker, i = text[i], i + 1
        elif text[i] in 'bgrcmykw':
            color, i = color_of(text[i]), i + 1
        else:
            raise ValueError(f'{text!r} is not a valid format string (unrecognized character {text[i]!r})')
    return color, style, marker


def nice_levels(low, high, bins):
    """matplotlib's MaxNLocator: round numbers that cover the range in at most so many steps."""
    span = high - low
    if span == 0:
        return [low]
    scale = 10 ** math.floor(math.log10(span / bins))
    steps = [scale * s for s in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15)]
    at = [s >= span / bins for s in steps].index(True)
    for step in steps[at::-1]:
        base = low // step * step
        first, left = divmod(low - base, step)
        last, right = divmod(high - base, step)
        first += abs(left / step - 1) < 1e-10
        last += not abs(right / step) < 1e-10
        levels = [(first + i) * step + base for i in range(int(last - first) + 1)]
        if any([low <= v <= high for v in levels]):
            return levels


class Artist:
    """Something drawn; its mark in the figure can still be changed."""

    def __init__(self, axes, mark):
        self.axes, self._mark = axes, mark

    def remove(self):
        self.axes._marks.remove(self._mark)

    def set_label(self, label):
        self._mark['label'] = label

    def get_label(self):
        return self._mark.get('label')

    def set_color(self, color):
        self._mark['color'] = color_of(color)

    def get_color(self):
        return self._mark['color']

    def set_alpha(self, alpha):
        self._mark['alpha'] = alpha

    def set_visible(self, visible):
        if not visible:
            self.remove()

    def set(self, **options):
        for name, value in options.items():
            getattr(self, 'set_' + name)(value)


class Line2D(Artist):
    __module__ = 'matplotlib.lines'

    def set_data(self, *data):
        x, y = data if len(data) == 2 else data[0]
        self._mark['x'], self._mark['y'] = listed(x), listed(y)
        self.axes._redraw(self._mark, self._mark['x'], self._mark['y'])

    def set_xdata(self, x):
        self.set_data(x, self._mark['y'])

    def set_ydata(self, y):
        self.set_data(self._mark['x'], y)

    def get_data(self):
        return np.array(self._mark['x']), np.array(self._mark['y'])

    def get_xdata(self):
        return np.array(self._mark['x'])

    def get_ydata(self):
        return np.array(self._mark['y'])

    def set_linewidth(self, width):
        self._mark['width'] = float(width)

    def set_linestyle(self, style):
        self._mark['dash'] = line_style({'ls': style})


class PathCollection(Artist):
    __module__ = 'matplotlib.collections'

    def set_offsets(self, offsets):
        offsets = numbers(offsets)
        self._mark['x'], self._mark['y'] = listed(offsets[:, 0]), listed(offsets[:, 1])

    def legend_elements(self, *args, **options):
        return [], []


class PolyCollection(Artist):
    __module__ = 'matplotlib.collections'


class LineCollection(Artist):
    __module__ = 'matplotlib.collections'


class Quiver(Artist):
    __module__ = 'matplotlib.quiver'


class AxesImage(Artist):
    __module__ = 'matplotlib.image'

    def set_data(self, z):
        self._mark['values'] = listed(numbers(z))

    def set_clim(self, low=None, high=None):
        self._mark['low'], self._mark['high'] = low, high

    def set_cmap(self, cmap):
        self._mark['cmap'] = colormap(cmap).described()


class QuadContourSet(Artist):
    __module__ = 'matplotlib.contour'

    @property
    def levels(self):
        return np.array(self._mark['levels'])


class Rectangle(Artist):
    __module__ = 'matplotlib.patches'


class Polygon(Artist):
    __module__ = 'matplotlib.patches'


class BarContainer(tuple):
    __module__ = 'matplotlib.container'

    def __repr__(self):
        return f'<BarContainer object of {len(self)} artists>'


class Legend:
    __module__ = 'matplotlib.legend'

    def set_title(self, title, **options):
        pass


class Text(Artist):
    __module__ = 'matplotlib.text'

    def __init__(self, x, y, text, axes=None, mark=None):
        self._x, self._y, self._text = x, y, text
        super().__init__(axes, mark)

    def __repr__(self):
        return f'Text({self._x}, {self._y}, {self._text!r})'

    def get_text(self):
        return self._text

    def set_text(self, text):
        self._text = text
        if self._mark is not None:
            self._mark['text'] = str(text)


class Silent:
    """Parts of the frame whose settings change nothing here."""

    def __getattr__(self, name):
        return self

    def __getitem__(self, name):
        return self

    def __call__(self, *args, **options):
        return self

    def __iter__(self):
        return iter([])
