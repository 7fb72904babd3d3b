# Figures and axes: what a program draws is gathered as plain data (wasm/src/figure.ts is its schema), which the page draws.
# Order: helpers, artists, Axes by kinds of marks, Axes' settings, the description, Figure.
import math

import numpy as np
from matplotlib import _CYCLE, MappedColor, color_of, color_text, colormap, rcParams

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


class AxesSubplot:
    __module__ = 'matplotlib.axes._subplots'

    def __init__(self, figure, place, sharex=None, sharey=None):
        self.figure, self._place, self._sharex, self._sharey = figure, place, sharex, sharey
        self.cla()

    def __repr__(self):
        return '<AxesSubplot: >'

    def __getattr__(self, name):
        error = AttributeError(f"'AxesSubplot' object has no attribute {name!r}")
        error.add_note(f'nabla has the part of matplotlib that tutorials use')
        raise error

    def cla(self):
        self._marks, self._seen, self._next = [], {}, 0
        self._title = self._labels = None
        self._labels = {'x': '', 'y': ''}
        self._title = ''
        self._limits = {'x': None, 'y': None}
        self._scales = {'x': 'linear', 'y': 'linear'}
        self._ticks = {'x': None, 'y': None}
        self._categories = {'x': [], 'y': []}
        self._inverted = {'x': False, 'y': False}
        self._grid, self._legend, self._off, self._aspect, self._bar = rcParams['axes.grid'], None, False, False, None

    clear = cla

    # -- helpers

    def _color(self, given):
        if given is not None:
            return str(given) if isinstance(given, MappedColor) else color_of(given)
        self._next += 1
        return _CYCLE[(self._next - 1) % 10]

    def _add(self, mark, x=(), y=(), margin=True, sticky_x=(), sticky_y=()):
        self._marks.append(mark)
        self._redraw(mark, x, y, margin, sticky_x, sticky_y)

    def _redraw(self, mark, x, y, margin=True, sticky_x=(), sticky_y=()):
        self._seen[id(mark)] = (mark, x, y, margin, sticky_x, sticky_y)

    def _values(self, values, axis):
        """Numbers, or texts as places on an axis of names."""
        names = values if isinstance(values, (list, tuple)) else [values] if isinstance(values, str) else []
        if len(names) and all([isinstance(v, str) for v in names]):
            known = self._categories[axis]
            for name in names:
                if name not in known:
                    known.append(name)
            self._ticks[axis] = (list(range(len(known))), known)
            return np.array([known.index(name) for name in names], float)
        return numbers(values)

    # -- lines

    def plot(self, *args, data=None, scalex=True, scaley=True, **options):
        out = []
        args = list(args)
        while args:
            group = [args.pop(0)]
            if args and not isinstance(args[0], str):
                group.append(args.pop(0))
            form = args.pop(0) if args and isinstance(args[0], str) else ''
            y = np.atleast_1d(self._values(group[-1], 'y'))
            x = np.atleast_1d(self._values(group[0], 'x')) if len(group) == 2 else np.arange(float(len(y)))
            if len(x) != len(y):
                raise ValueError(f'x and y must have same first dimension, but have shapes {x.shape} and {y.shape}')
            if x.ndim > 2 or y.ndim > 2:
                raise ValueError(f'x and y can be no greater than 2D, but have shapes {x.shape} and {y.shape}')
            x, y = (x if x.ndim > 1 else x[:, None]), (y if y.ndim > 1 else y[:, None])
            for i in range(max(x.shape[1], y.shape[1])):
                out.append(self._line(x[:, i % x.shape[1]], y[:, i % y.shape[1]], form, dict(options), i))
        return out

    def _line(self, x, y, form, options, number=0):
        color, style, marker = parse_format(form)
        given = either(options, 'color', 'c')
        marker = marker_style(either(options, 'marker', default=marker))
        dash = line_style(options, style or ('none' if form and marker and not style else 'solid'))
        label = either(options, 'label')
        if isinstance(label, (list, tuple)):
            label = label[number] if number < len(label) else None
        mark = {'kind': 'line', 'color': self._color(given if given is not None else color), 'dash': dash, 'marker': marker,
                'width': float(either(options, 'linewidth', 'lw', default=rcParams['lines.linewidth'])),
                'size': float(either(options, 'markersize', 'ms', default=rcParams['lines.markersize'])),
                'alpha': either(options, 'alpha'), 'label': label}
        face = either(options, 'markerfacecolor', 'mfc')
        edge = either(options, 'markeredgecolor', 'mec')
        mark['face'] = None if face is None else color_of(face)
        mark['edge'] = None if edge is None else color_of(edge)
        only('Line2D', options)
        x, y = thinned(x, y)
        mark['x'], mark['y'] = listed(x), listed(y)
        self._add(mark, mark['x'], mark['y'])
        return Line2D(self, mark)

    def step(self, x, y, *args, where='pre', **options):
        x, y = listed(x), listed(y)
        xs, ys = [], []
        for i in range(len(x)):
            if i and where == 'post':
                xs.append(x[i])
                ys.append(y[i - 1])
            elif i and where == 'pre':
                xs.append(x[i - 1])
                ys.append(y[i])
            elif i:
                middle = (x[i - 1] + x[i]) / 2
                xs += [middle, middle]
                ys += [y[i - 1], y[i]]
            xs.append(x[i])
            ys.append(y[i])
        return self.plot(xs, ys, *args, **options)

    def semilogy(self, *args, **options):
        self._scales['y'] = 'log'
        return self.plot(*args, **options)

    def semilogx(self, *args, **options):
        self._scales['x'] = 'log'
        return self.plot(*args, **options)

    def loglog(self, *args, **options):
        self._scales = {'x': 'log', 'y': 'log'}
        return self.plot(*args, **options)

    def errorbar(self, x, y, yerr=None, xerr=None, fmt='', **options):
        x, y = np.atleast_1d(self._values(x, 'x')), np.atleast_1d(self._values(y, 'y'))
        line = self._line(x, y, fmt, dict(options))
        for error, across in ((yerr, False), (xerr, True)):
            if error is None:
                continue
            low, high = np.broadcast_to(numbers(error), (2, len(x))) if np.ndim(error) < 2 else numbers(error)
            ends = (x - low, y, x + high, y) if across else (x, y - low, x, y + high)
            self._segments(*ends, color=line._mark['color'], width=1.2)
        return line

    def _segments(self, x1, y1, x2, y2, color, width=1.5, dash='solid', alpha=None, label=None, head=False, fit=True):
        columns = np.broadcast_arrays(*[np.atleast_1d(numbers(v)) for v in (x1, y1, x2, y2)])
        x1, y1, x2, y2 = [listed(c) for c in thinned(*columns)]
        mark = {'kind': 'segments', 'x1': x1, 'y1': y1, 'x2': x2, 'y2': y2, 'color': color, 'width': float(width), 'dash': dash, 'alpha': alpha,
                'label': label, 'head': head}
        self._add(mark, x1 + x2 if fit else x1, y1 + y2 if fit else y1)
        return mark

    def vlines(self, x, ymin, ymax, colors='C0', linestyles='solid', label='', **options):
        width = either(options, 'linewidth', 'lw', 'linewidths', default=1.5)
        return LineCollection(self, self._segments(x, ymin, x, ymax, color_of(either(options, 'color', default=colors)), width, STYLES[linestyles], either(options, 'alpha'), label or None))

    def hlines(self, y, xmin, xmax, colors='C0', linestyles='solid', label='', **options):
        width = either(options, 'linewidth', 'lw', 'linewidths', default=1.5)
        return LineCollection(self, self._segments(xmin, y, xmax, y, color_of(either(options, 'color', default=colors)), width, STYLES[linestyles], either(options, 'alpha'), label or None))

    def stem(self, *args, **options):
        y = numbers(args[-1])
        x = numbers(args[0]) if len(args) > 1 else np.arange(float(len(y)))
        self._segments(x, np.zeros(len(y)), x, y, _CYCLE[0])
        self.plot(x, y, 'C0o', label=options.get('label'))
        return self.hlines(0, x.min(), x.max(), 'C3')

    def arrow(self, x, y, dx, dy, **options):
        color = either(options, 'color', 'fc', 'facecolor', 'ec', 'edgecolor', default='C0')
        return Polygon(self, self._segments(x, y, float(x) + float(dx), float(y) + float(dy), color_of(color), either(options, 'lw', 'linewidth', default=1), alpha=either(options, 'alpha'), head=True))

    def quiver(self, *args, angles='uv', scale=None, scale_units=None, color=None, label=None, alpha=None, width=None, cmap=None, **options):
        if len(args) in (2, 3):
            u, v = numbers(args[0]), numbers(args[1])
            y, x = np.meshgrid(np.arange(float(np.atleast_2d(u).shape[0])), np.arange(float(np.atleast_2d(u).shape[1])), indexing='ij')
            args = (x.reshape(u.shape), y.reshape(u.shape)) + tuple(args)
        x, y, u, v = np.broadcast_arrays(*[np.atleast_1d(numbers(a)) for a in args[:4]]) if np.ndim(args[0]) == np.ndim(args[2]) else self._mesh(*args[:4])
        only('PolyCollection', options)
        if color is not None and color_text(color) is None:
            colors = [color_of(c) for c in color]
        else:
            colors = [color_of('k' if color is None else color)]
        exact = angles == 'xy' and scale_units == 'xy'
        factor = 1 / scale if exact and scale else 1.0
        for i, one in enumerate(colors):
            pick = slice(None) if len(colors) == 1 else slice(i, None, len(colors))
            mark = {'kind': 'arrows', 'color': one, 'alpha': alpha, 'label': label if i == 0 else None, 'exact': exact and scale is not None}
            mark['x'], mark['y'], mark['dx'], mark['dy'] = [listed(c) for c in thinned(x.ravel()[pick], y.ravel()[pick], u.ravel()[pick] * factor, v.ravel()[pick] * factor)]
            self._add(mark, mark['x'], mark['y'])
        return Quiver(self, mark)

    def _mesh(self, x, y, u, v):
        X, Y = np.meshgrid(numbers(x), numbers(y))
        return X, Y, numbers(u), numbers(v)

    # -- points, bars and areas

    def scatter(self, x, y, s=None, c=None, marker='o', cmap=None, norm=None, vmin=None, vmax=None, alpha=None, linewidths=None, edgecolors=None, label=None, **options):
        x, y = self._values(x, 'x').ravel(), self._values(y, 'y').ravel()
        if len(x) != len(y):
            raise ValueError('x and y must be the same size')
        size = 36.0 if s is None else numbers(s)
        if np.ndim(size) and len(np.ravel(size)) not in (1, len(x)):
            raise ValueError('s must be a scalar, or float array-like with the same size as x and y')
        color = either(options, 'color', 'facecolor', 'facecolors', default=None)
        edge = either(options, 'edgecolor', 'ec', default=edgecolors)
        width = either(options, 'linewidth', 'lw', default=linewidths)
        only('PathCollection', options)
        mark = {'kind': 'points', 'marker': marker_style(marker) or 'o', 'alpha': alpha, 'label': label, 'color': None,
                'edge': None if edge is None or isinstance(edge, str) and edge == 'face' else color_of(edge) if isinstance(edge, (str, tuple)) else None,
                'width': None if width is None or np.ndim(width) else float(width)}
        columns = [x, y]
        if c is None or isinstance(c, str):
            if isinstance(c, str) and color_text(c) is None:
                raise ValueError(f"'c' argument must be a color, a sequence of colors, or a sequence of numbers, not {c}")
            if color is not None and color_text(color) is None:
                c = color
        if c is None or isinstance(c, str):
            mark['color'] = self._color(c if c is not None else color)
        elif isinstance(c, (list, tuple, np.ndarray)) and len(c) and (isinstance(c[0], (str, tuple, list)) or np.ndim(c) == 2 and np.shape(c)[1] in (3, 4) and np.shape(c)[0] in (1, len(x))):
            mark['color'] = [str(one) if isinstance(one, MappedColor) else color_of(one) for one in c]
            if len(mark['color']) == 1:
                mark['color'] = mark['color'][0]
            elif len(mark['color']) != len(x):
                raise ValueError(f"'c' argument has {len(mark['color'])} elements, which is inconsistent with 'x' and 'y' with size {len(x)}.")
        elif color_text(c) is not None and len(c) != len(x):
            mark['color'] = color_of(c)
        else:
            values = numbers(c).ravel()
            if len(values) != len(x):
                raise ValueError(f"'c' argument has {len(values)} elements, which is inconsistent with 'x' and 'y' with size {len(x)}.")
            columns.append(values)
            mark['cmap'] = colormap(cmap).described()
            mark['low'], mark['high'] = self._range(values, vmin, vmax)
        many = np.ndim(size) and len(np.ravel(size)) > 1
        if many:
            columns.append(np.ravel(size))
        if isinstance(mark['color'], list) and len(x) > MOST_POINTS:
            mark['color'] = [mark['color'][int(i)] for i in np.linspace(0, len(x) - 1, MOST_POINTS)]
        columns = [listed(column) for column in thinned(*columns)]
        mark['x'], mark['y'] = columns[:2]
        mark['size'] = columns.pop() if many else float(np.ravel(size)[0])
        if len(columns) > 2:
            mark['values'] = columns[2]
        self._add(mark, mark['x'], mark['y'])
        return self._mappable(PathCollection(self, mark))

    def _range(self, values, low, high):
        finite = np.ravel(values)[np.isfinite(np.ravel(values))]
        if len(finite) == 0:
            return 0.0, 1.0
        return float(finite.min() if low is None else low), float(finite.max() if high is None else high)

    def _mappable(self, artist):
        self.figure._image = artist
        return artist

    def _bars(self, x0, x1, y0, y1, color, options, sticky_x=(), sticky_y=()):
        colors = [color_of(c) for c in color] if isinstance(color, (list, np.ndarray)) and not isinstance(color, str) else self._color(color)
        if isinstance(colors, list):
            colors = [colors[i % len(colors)] for i in range(len(x0))]
        edge = either(options, 'edgecolor', 'ec')
        mark = {'kind': 'bars', 'x0': listed(x0), 'x1': listed(x1), 'y0': listed(y0), 'y1': listed(y1), 'color': colors,
                'edge': None if edge is None else color_of(edge), 'alpha': either(options, 'alpha'), 'label': either(options, 'label'),
                'width': float(either(options, 'linewidth', 'lw', default=1))}
        self._add(mark, mark['x0'] + mark['x1'], mark['y0'] + mark['y1'], True, sticky_x, sticky_y)
        return mark

    def _sizes(self, first, second):
        if np.ndim(second) and np.ndim(first) and len(np.ravel(first)) != len(np.ravel(second)):
            raise ValueError('shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape '
                             f'{np.shape(first)} and arg 1 with shape {np.shape(second)}.')
        return np.broadcast_arrays(np.atleast_1d(first), np.atleast_1d(second))

    def bar(self, x, height, width=0.8, bottom=None, *, align='center', color=None, yerr=None, tick_label=None, log=False, **options):
        x, height = self._sizes(self._values(x, 'x'), numbers(height))
        bottom = np.zeros(len(x)) if bottom is None else np.broadcast_to(numbers(bottom), x.shape)
        left = x - numbers(width) / 2 if align == 'center' else x
        mark = self._bars(left, left + numbers(width), bottom, bottom + height, color, options, sticky_y=(0.0,))
        only('Rectangle', options)
        if tick_label is not None:
            self.set_xticks(x, tick_label)
        if yerr is not None:
            self._segments(x, bottom + height - numbers(yerr), x, bottom + height + numbers(yerr), 'ink', 1.2)
        if log:
            self._scales['y'] = 'log'
        return BarContainer([Rectangle(self, mark) for _ in range(len(x))])

    def barh(self, y, width, height=0.8, left=None, *, align='center', color=None, **options):
        y, width = self._sizes(self._values(y, 'y'), numbers(width))
        left = np.zeros(len(y)) if left is None else np.broadcast_to(numbers(left), y.shape)
        base = y - height / 2 if align == 'center' else y
        mark = self._bars(left, left + width, base, base + height, color, options, sticky_x=(0.0,))
        only('Rectangle', options)
        return BarContainer([Rectangle(self, mark) for _ in range(len(y))])

    def hist(self, x, bins=10, range=None, density=False, weights=None, cumulative=False, histtype='bar', orientation='vertical', color=None, label=None, log=False, **options):
        several = isinstance(x, (list, tuple)) and len(x) and np.ndim(x[0]) > 0
        sets = [numbers(one).ravel() for one in x] if several else [numbers(x).ravel()]
        everything = np.concatenate(sets)
        edges = np.histogram(everything, bins, range)[1] if len(everything) else np.linspace(0, 1, 11)
        out, bars = [], []
        for i, one in enumerate(sets):
            counts = np.histogram(one, edges, density=density, weights=weights)[0].astype(float)
            if cumulative:
                counts = np.cumsum(counts * np.diff(edges) if density else counts)
            own = dict(options)
            if label is not None:
                own['label'] = label[i] if isinstance(label, (list, tuple)) else label
            shade = color[i] if isinstance(color, (list, tuple)) and several else color
            wide = np.diff(edges) / len(sets) * (float(own.pop('rwidth', None) or (0.8 if several else 1)))
            low = edges[:-1] + (np.diff(edges) - wide * len(sets)) / 2 + i * wide
            if histtype.startswith('step'):
                xs, ys = np.repeat(edges, 2), np.concatenate([[0.0], np.repeat(counts, 2), [0.0]])
                mark = self._line(xs, ys, '', {'color': shade, **own})._mark
                self._redraw(mark, mark['x'], mark['y'], True, (), (0.0,))
            elif orientation == 'horizontal':
                mark = self._bars(np.zeros(len(counts)), counts, low, low + wide, shade, own, sticky_x=(0.0,))
            else:
                mark = self._bars(low, low + wide, np.zeros(len(counts)), counts, shade, own, sticky_y=(0.0,))
            out.append(counts)
            bars.append(BarContainer([Rectangle(self, mark) for _ in counts]))
        if log:
            self._scales['y'] = 'log'
        return (out, edges, bars) if several else (out[0], edges, bars[0])

    def fill_between(self, x, y1, y2=0, where=None, interpolate=False, step=None, color=None, alpha=None, label=None, **options):
        color = either(options, 'facecolor', 'fc', default=color)
        x = np.atleast_1d(self._values(x, 'x'))
        y1, y2 = numbers(y1), numbers(y2)
        for y in (y1, y2):
            if y.ndim and y.shape != x.shape:
                raise ValueError(f'operands could not be broadcast together with shapes {np._plain_shape(x.shape)} {np._plain_shape(y.shape)} ')
        low, high = np.broadcast_to(y1, x.shape), np.broadcast_to(y2, x.shape)
        if where is not None:
            shown = np.asarray(where).astype(bool)
            low, high = np.where(shown, low, np.nan), np.where(shown, high, np.nan)
        mark = {'kind': 'area', 'color': self._color(color), 'alpha': alpha, 'label': label}
        mark['x'], mark['low'], mark['high'] = [listed(c) for c in thinned(x, low, high)]
        self._add(mark, mark['x'], mark['low'] + mark['high'])
        return PolyCollection(self, mark)

    def fill(self, x, y, color=None, alpha=None, label=None, **options):
        mark = {'kind': 'polygon', 'x': listed(x), 'y': listed(y), 'color': self._color(either(options, 'facecolor', 'fc', default=color)), 'alpha': alpha, 'label': label}
        self._add(mark, mark['x'], mark['y'])
        return [Polygon(self, mark)]

    def _rule(self, axis, at, options):
        color = either(options, 'color', 'c', default='C0')
        mark = {'kind': 'rule', 'axis': axis, 'at': float(numbers(at)), 'color': color_of(color), 'dash': line_style(options),
                'width': float(either(options, 'linewidth', 'lw', default=1.5)), 'alpha': either(options, 'alpha'), 'label': either(options, 'label')}
        only('Line2D', options, 'xmin', 'xmax', 'ymin', 'ymax')
        self._add(mark, [mark['at']] if axis == 'x' else [], [mark['at']] if axis == 'y' else [])
        return Line2D(self, mark)

    def axhline(self, y=0, xmin=0, xmax=1, **options):
        return self._rule('y', y, options)

    def axvline(self, x=0, ymin=0, ymax=1, **options):
        return self._rule('x', x, options)

    def _span(self, axis, low, high, options):
        mark = {'kind': 'span', 'axis': axis, 'low': float(low), 'high': float(high), 'color': self._color(either(options, 'color', 'facecolor', 'fc')),
                'alpha': either(options, 'alpha'), 'label': either(options, 'label')}
        self._add(mark, [low, high] if axis == 'x' else [], [low, high] if axis == 'y' else [])
        return Polygon(self, mark)

    def axvspan(self, xmin, xmax, ymin=0, ymax=1, **options):
        return self._span('x', xmin, xmax, options)

    def axhspan(self, ymin, ymax, xmin=0, xmax=1, **options):
        return self._span('y', ymin, ymax, options)

    # -- fields and images

    def _field(self, args, filled, levels=None, cmap=None, colors=None, alpha=None, linewidths=None, linestyles=None, vmin=None, vmax=None, **options):
        args = list(args)
        if len(args) in (2, 4):
            levels = args.pop()
        z = numbers(args[-1])
        if z.ndim != 2:
            raise TypeError(f'Input z must be 2D, not {z.ndim}D')
        if z.shape[0] < 2 or z.shape[1] < 2:
            raise TypeError(f'Input z must be at least a (2, 2) shaped array, but has shape {z.shape}')
        if len(args) == 3:
            x, y = numbers(args[0]), numbers(args[1])
            if x.ndim == 1 and len(x) != z.shape[1]:
                raise TypeError(f'Length of x ({len(x)}) must match number of columns in z ({z.shape[1]})')
            if y.ndim == 1 and len(y) != z.shape[0]:
                raise TypeError(f'Length of y ({len(y)}) must match number of rows in z ({z.shape[0]})')
            if x.ndim == 2 and x.shape != z.shape:
                raise TypeError(f'Shapes of x {x.shape} and z {z.shape} do not match')
            x, y = (x if x.ndim == 1 else x[0]), (y if y.ndim == 1 else y[:, 0])
            if len(x) > 1 and numbers(args[0]).ndim == 2 and x[0] == x[-1]:  # indexing='ij'
                x, y, z = numbers(args[0])[:, 0], numbers(args[1])[0], z.T
        else:
            x, y = np.arange(float(z.shape[1])), np.arange(float(z.shape[0]))
        low, high = self._range(z, None, None)
        if levels is None or np.ndim(levels) == 0:
            levels = nice_levels(low, high, (7 if levels is None else int(levels)) + 1)
            first = max([i for i, v in enumerate(levels) if v < low], default=0)
            last = min([i + 1 for i, v in enumerate(levels) if v > high], default=len(levels))
            levels = levels[first:last] if last - first >= 3 else levels
        levels = listed(levels)
        if len(levels) < 2:
            levels = (levels or [low]) + [levels[0] + 1 if levels else low + 1]
        while z.size > MOST_CELLS:
            z, x, y = z[::2, ::2], x[::2], y[::2]
        mark = {'kind': 'contour', 'x': listed(x), 'y': listed(y), 'values': listed(z), 'levels': levels, 'filled': filled, 'alpha': alpha,
                'cmap': colormap(cmap).described(), 'colors': None, 'low': levels[0] if vmin is None else vmin, 'high': levels[-1] if vmax is None else vmax,
                'width': 1.5 if linewidths is None else float(np.ravel(linewidths)[0]), 'dash': STYLES[linestyles] if isinstance(linestyles, str) else 'solid'}
        if filled and vmin is None:
            mark['low'], mark['high'] = (levels[0] + levels[1]) / 2, (levels[-1] + levels[-2]) / 2
        if colors is not None:
            mark['colors'] = [color_of(colors)] if color_text(colors) is not None else [color_of(c) for c in colors]
        ends = ([float(x.min()), float(x.max())], [float(y.min()), float(y.max())])
        self._add(mark, *ends, False, *ends)
        return self._mappable(QuadContourSet(self, mark))

    def contour(self, *args, **options):
        return self._field(args, False, **options)

    def contourf(self, *args, **options):
        return self._field(args, True, **options)

    def clabel(self, contours, *args, **options):
        contours._mark['labelled'] = True
        return []

    def imshow(self, X, cmap=None, norm=None, *, aspect=None, interpolation=None, alpha=None, vmin=None, vmax=None, origin='upper', extent=None, **options):
        z = numbers(X)
        if z.ndim not in (2, 3) or z.ndim == 3 and z.shape[2] not in (1, 3, 4):
            raise TypeError(f'Invalid shape {z.shape} for image data')
        if z.ndim == 3 and z.shape[2] == 1:
            z = z[:, :, 0]
        if z.ndim == 3 and z.max() > 1:
            z = z / 255
        rows, columns = z.shape[:2]
        box = extent if extent is not None else (-0.5, columns - 0.5, -0.5, rows - 0.5) if origin == 'lower' else (-0.5, columns - 0.5, rows - 0.5, -0.5)
        while z.shape[0] * z.shape[1] > MOST_CELLS:
            z = z[::2, ::2]
        flip = origin == 'lower'
        mark = self._image(z[::-1] if flip else z, [float(v) for v in box], cmap, vmin, vmax, alpha)
        self._aspect = aspect != 'auto'
        if extent is None and origin == 'upper':
            self._inverted['y'] = True
        return self._mappable(AxesImage(self, mark))

    def _image(self, z, box, cmap, low, high, alpha):
        """A picture whose first row lies on top."""
        mark = {'kind': 'image', 'rows': z.shape[0], 'columns': z.shape[1], 'values': listed(z), 'rgb': z.ndim == 3 and z.shape[2], 'box': box, 'alpha': alpha,
                'cmap': colormap(cmap).described()}
        mark['low'], mark['high'] = self._range(z, low, high)
        self._add(mark, box[:2], box[2:], False, box[:2], box[2:])
        return mark

    def matshow(self, Z, **options):
        return self.imshow(Z, **options)

    def pcolormesh(self, *args, cmap=None, vmin=None, vmax=None, alpha=None, **options):
        z = numbers(args[-1])
        if len(args) == 3:
            x, y = [np.ravel(numbers(a)) for a in args[:2]]
            half = [(v.max() - v.min()) / max(n - 1, 1) / 2 if (len(np.atleast_1d(numbers(a))) == n if numbers(a).ndim == 1 else numbers(a).shape == z.shape) else 0
                    for v, n, a in ((x, z.shape[1], args[0]), (y, z.shape[0], args[1]))]
            box = [float(x.min() - half[0]), float(x.max() + half[0]), float(y.min() - half[1]), float(y.max() + half[1])]
        else:
            box = [0.0, float(z.shape[1]), 0.0, float(z.shape[0])]
        while z.size > MOST_CELLS:
            z = z[::2, ::2]
        return self._mappable(AxesImage(self, self._image(z[::-1], box, cmap, vmin, vmax, alpha)))

    pcolor = pcolormesh

    def boxplot(self, x, **options):
        sets = [numbers(one).ravel() for one in (x if isinstance(x, (list, tuple)) and len(x) and np.ndim(x[0]) else np.atleast_2d(numbers(x).T))]
        for i, one in enumerate(sets):
            at, (q1, q2, q3) = i + 1.0, np.quantile(one, [0.25, 0.5, 0.75])
            inside = one[(one >= q1 - 1.5 * (q3 - q1)) & (one <= q3 + 1.5 * (q3 - q1))]
            self._bars([at - 0.25], [at + 0.25], [q1], [q3], 'none', {'edgecolor': 'k'})
            self._segments([at - 0.25, at, at], [q2, q3, q1], [at + 0.25, at, at], [q2, inside.max(), inside.min()], 'ink', 1.2)
            out = one[(one < inside.min()) | (one > inside.max())]
            if len(out):
                self.plot(np.full(len(out), at), out, 'ko', mfc='none')
        return {}

    def pie(self, x, labels=None, colors=None, autopct=None, startangle=0, **options):
        raise NotImplementedError('matplotlib.pyplot.pie is not part of nabla: bar() shows the same')

    # -- texts

    def text(self, x, y, s, fontdict=None, **options):
        mark = {'kind': 'text', 'x': float(x), 'y': float(y), 'text': str(s), 'color': color_of(either(options, 'color', 'c', default='k')),
                'size': self._size(either(options, 'fontsize', 'size', default=(fontdict or {}).get('size', 10))),
                'anchor': either(options, 'horizontalalignment', 'ha', default='left'), 'base': either(options, 'verticalalignment', 'va', default='baseline'),
                'inside': options.get('transform') is not None, 'alpha': either(options, 'alpha')}
        self._add(mark)
        return Text(x, y, s, self, mark)

    def _size(self, size):
        named = {'xx-small': 6, 'x-small': 7, 'small': 8.3, 'medium': 10, 'large': 12, 'x-large': 14.4, 'xx-large': 17}
        return float(named.get(size, size)) if isinstance(size, str) else float(size)

    def annotate(self, text, xy, xytext=None, arrowprops=None, textcoords=None, **options):
        at = xytext if xytext is not None else xy
        offset = isinstance(textcoords, str) and textcoords.startswith('offset')
        shown = self.text(xy[0] if offset else at[0], xy[1] if offset else at[1], text, **options)
        shown._mark['shift'] = [float(at[0]), float(at[1])] if offset else None
        if arrowprops is not None and xytext is not None and not offset:
            self._segments(at[0], at[1], xy[0], xy[1], color_of(arrowprops.get('color', arrowprops.get('facecolor', 'k'))), arrowprops.get('lw', 1), head=True)
        return shown

    @property
    def transAxes(self):
        return 'axes'

    # -- settings

    def set_title(self, label, fontdict=None, loc=None, **options):
        self._title = str(label)
        return Text(0.5, 1.0, self._title)

    def set_xlabel(self, xlabel, *args, **options):
        self._labels['x'] = str(xlabel)
        return Text(0.5, 0, self._labels['x'])

    def set_ylabel(self, ylabel, *args, **options):
        self._labels['y'] = str(ylabel)
        return Text(0, 0.5, self._labels['y'])

    def get_title(self):
        return self._title

    def get_xlabel(self):
        return self._labels['x']

    def get_ylabel(self):
        return self._labels['y']

    def _set_limits(self, axis, low, high):
        if high is None and np.ndim(low):
            low, high = low
        now = self._limits_of(axis)
        low, high = float(now[0] if low is None else low), float(now[1] if high is None else high)
        if low == high:
            import warnings
            warnings.warn(f'Attempting to set identical low and high {axis}lims makes transformation singular; automatically expanding.', stacklevel=3)
            spread = 0.05 * abs(low) or 0.05
            low, high = low - spread, high + spread
        self._limits[axis] = (low, high)
        return self._limits[axis]

    def set_xlim(self, left=None, right=None, *, xmin=None, xmax=None, **options):
        return self._set_limits('x', xmin if left is None else left, xmax if right is None else right)

    def set_ylim(self, bottom=None, top=None, *, ymin=None, ymax=None, **options):
        return self._set_limits('y', ymin if bottom is None else bottom, ymax if top is None else top)

    def get_xlim(self):
        return self._limits_of('x')

    def get_ylim(self):
        return self._limits_of('y')

    def _set_scale(self, axis, value):
        if value not in ('linear', 'log', 'symlog'):
            raise ValueError(f"{value!r} is not a valid value for scale; supported values are 'linear', 'log', 'symlog', 'asinh', 'logit', 'function', 'functionlog'")
        self._scales[axis] = value

    def set_xscale(self, value, **options):
        self._set_scale('x', value)

    def set_yscale(self, value, **options):
        self._set_scale('y', value)

    def _set_ticks(self, axis, ticks, labels):
        labels = None if labels is None else [str(getattr(label, '_text', label)) for label in labels]
        self._ticks[axis] = (listed(ticks), labels)

    def set_xticks(self, ticks, labels=None, **options):
        self._set_ticks('x', ticks, labels)

    def set_yticks(self, ticks, labels=None, **options):
        self._set_ticks('y', ticks, labels)

    def set_xticklabels(self, labels, **options):
        self._set_ticks('x', self._ticks['x'][0] if self._ticks['x'] else range(len(labels)), labels)

    def set_yticklabels(self, labels, **options):
        self._set_ticks('y', self._ticks['y'][0] if self._ticks['y'] else range(len(labels)), labels)

    def grid(self, visible=None, which='major', axis='both', **options):
        self._grid = (not self._grid if visible is None and not options else visible is not False) and (axis if axis in ('x', 'y') else True)

    def legend(self, *args, loc='best', **options):
        labels = args[-1] if args else options.get('labels')
        handles = args[0] if len(args) == 2 else options.get('handles')
        marks = [a._mark for a in handles if isinstance(a, Artist)] if handles is not None else [m for m in self._marks if m['kind'] in ('line', 'points', 'bars', 'area', 'segments', 'polygon', 'arrows', 'rule')]
        if labels is not None:
            for mark, label in zip(marks, [labels] if isinstance(labels, str) else labels):
                mark['label'] = str(label)
        self._legend = loc if loc in PLACES else PLACES[loc] if isinstance(loc, int) and loc < len(PLACES) else 'best'
        if not any([m.get('label') and not str(m['label']).startswith('_') for m in self._marks]):
            # matplotlib says so through its log, which goes to stderr
            import sys
            sys.stderr.write('No artists with labels found to put in legend.  Note that artists whose label start with an underscore are ignored when legend() is called with no argument.\n')
        if loc not in PLACES and not isinstance(loc, (int, tuple)):
            raise ValueError(f'{loc!r} is not a valid value for loc; supported values are ' + ', '.join([repr(p) for p in PLACES]))
        return Legend()

    def get_legend_handles_labels(self):
        shown = [m for m in self._marks if m.get('label') and not str(m['label']).startswith('_')]
        return [Artist(self, m) for m in shown], [m['label'] for m in shown]

    def axis(self, arg=None, emit=True, **limits):
        if isinstance(arg, str):
            if arg == 'off' or arg == 'on':
                self._off = arg == 'off'
            elif arg in ('equal', 'scaled', 'square', 'image'):
                self._aspect = True
            elif arg not in ('tight', 'auto'):
                raise ValueError(f'Unrecognized string {arg!r} to axis; try \'on\' or \'off\'')
        elif isinstance(arg, bool):
            self._off = not arg
        elif arg is not None:
            self._limits = {'x': (float(arg[0]), float(arg[1])), 'y': (float(arg[2]), float(arg[3]))}
        return self.get_xlim() + self.get_ylim()

    def set_axis_off(self):
        self._off = True

    def set_aspect(self, aspect, *args, **options):
        self._aspect = aspect in ('equal', 1)

    def invert_yaxis(self):
        self._inverted['y'] = not self._inverted['y']

    def invert_xaxis(self):
        self._inverted['x'] = not self._inverted['x']

    def set(self, **options):
        for name, value in options.items():
            getattr(self, 'set_' + name)(*(value if name in ('xlim', 'ylim') else (value,)))

    def twinx(self):
        raise NotImplementedError('matplotlib axes with two scales (twinx) are not part of nabla: use two subplots')

    twiny = twinx

    def _nothing(self, *args, **options):
        pass

    tick_params = margins = autoscale = relim = autoscale_view = set_facecolor = set_axisbelow = minorticks_on = locator_params = ticklabel_format = set_prop_cycle = _nothing
    set_box_aspect = label_outer = set_xbound = set_ybound = set_navigate = _nothing

    def _spines(self):
        return _Silent()

    spines, xaxis, yaxis, patch = property(_spines), property(_spines), property(_spines), property(_spines)

    def get_figure(self):
        return self.figure

    @property
    def lines(self):
        return [Line2D(self, m) for m in self._marks if m['kind'] == 'line']

    @property
    def collections(self):
        return [PathCollection(self, m) for m in self._marks if m['kind'] == 'points']

    # -- the description

    def _limits_of(self, axis):
        if self._limits[axis] is not None:
            return self._limits[axis]
        shared = self._sharex if axis == 'x' else self._sharey
        low, high = math.inf, -math.inf
        margins, sticky = False, set()
        log = self._scales[axis] == 'log'
        for owner in [self] + (shared or []):
            for mark, x, y, margin, sticky_x, sticky_y in owner._seen.values():
                if not any([mark is m for m in owner._marks]):
                    continue
                finite = [v for v in (x if axis == 'x' else y) if math.isfinite(v) and (v > 0 or not log)]
                if finite:
                    low, high = min(low, min(finite)), max(high, max(finite))
                    margins |= margin
                    sticky |= set(sticky_x if axis == 'x' else sticky_y)
        if low > high:
            return (1.0, 10.0) if log else (0.0, 1.0)
        if log:
            a, b = math.log10(low), math.log10(high)
            pad = 0.05 * (b - a) if margins else 0
            low, high = (low / 10, high * 10) if a == b else (10 ** (a - pad), 10 ** (b + pad))
        else:
            if low == high:
                spread = 0.05 * abs(low) or 0.05
                low, high = low - spread, high + spread
                margins = True
            pad = 0.05 * (high - low) if margins else 0
            low, high = low if low in sticky else low - pad, high if high in sticky else high + pad
        return (high, low) if self._inverted[axis] else (low, high)

    def describe(self):
        return {'place': self._place, 'title': self._title, 'xlabel': self._labels['x'], 'ylabel': self._labels['y'], 'xscale': self._scales['x'],
                'yscale': self._scales['y'], 'xlim': list(self.get_xlim()), 'ylim': list(self.get_ylim()),
                'xticks': self._ticks['x'], 'yticks': self._ticks['y'], 'grid': self._grid, 'legend': self._legend, 'off': self._off, 'equal': self._aspect,
                'colorbar': self._bar, 'marks': self._marks}


class _Silent:
    """Parts of the frame whose settings change nothing here."""

    def __getattr__(self, name):
        return self

    def __getitem__(self, name):
        return self

    def __call__(self, *args, **options):
        return self

    def __iter__(self):
        return iter([])


class Colorbar:
    __module__ = 'matplotlib.colorbar'

    def __init__(self, ax):
        self.ax = _Silent()
        self._axes = ax

    def set_label(self, label, **options):
        self._axes._bar['label'] = str(label)

    def set_ticks(self, ticks, labels=None, **options):
        pass


class Figure:
    __module__ = 'matplotlib.figure'
    made = 0

    def __init__(self, number, figsize=None, dpi=None):
        Figure.made += 1
        self.id, self.number = Figure.made, number
        self._size = [float(n) for n in (figsize or rcParams['figure.figsize'])]
        self.dpi = dpi or rcParams['figure.dpi']
        self.axes, self._current, self._image, self._title, self._name, self._shown = [], None, None, '', None, None
        self.canvas = _Silent()

    def __repr__(self):
        width, height = [int(round(n * 100)) for n in self._size]
        return f'<Figure size {width}x{height} with {len(self.axes)} Axes>'

    def __str__(self):
        width, height = [int(round(n * 100)) for n in self._size]
        return f'Figure({width}x{height})'

    def __getattr__(self, name):
        raise AttributeError(f"'Figure' object has no attribute {name!r}")

    def _axes_at(self, place, **shared):
        for ax in self.axes:
            if ax._place == place and not shared:
                self._current = ax
                return ax
        self._current = AxesSubplot(self, place, **shared)
        self.axes.append(self._current)
        return self._current

    def add_subplot(self, *args, projection=None, **options):
        if projection not in (None, 'rectilinear'):
            raise NotImplementedError(f"matplotlib's projection={projection!r} is not part of nabla: contour() and imshow() show surfaces flat")
        if not args:
            args = (1, 1, 1)
        if len(args) == 1:
            if isinstance(args[0], _Cell):
                return self._axes_at(args[0].place)
            if not 100 <= args[0] <= 999:
                raise ValueError(f'Single argument to subplot must be a three-digit integer, not {args[0]}')
            args = tuple([int(digit) for digit in str(args[0])])
        rows, columns, index = args
        if rows < 1 or columns < 1:
            raise ValueError(f'Number of {"rows" if rows < 1 else "columns"} must be a positive integer, not {rows if rows < 1 else columns}')
        first, last = index if isinstance(index, tuple) else (index, index)
        if not 1 <= first <= rows * columns:
            raise ValueError(f'num must be 1 <= num <= {rows * columns}, not {index}')
        top, left = divmod(first - 1, columns)
        bottom, right = divmod(last - 1, columns)
        return self._axes_at([rows, columns, top, left, bottom - top + 1, right - left + 1])

    def add_axes(self, rect=None, **options):
        return self._axes_at([1, 1, 0, 0, 1, 1])

    def add_gridspec(self, nrows=1, ncols=1, **options):
        return GridSpec(nrows, ncols)

    def subplots(self, nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, **options):
        made = []
        for r in range(nrows):
            for c in range(ncols):
                ax = self._axes_at([nrows, ncols, r, c, 1, 1], sharex=made if sharex else None, sharey=made if sharey else None)
                made.append(ax)
        if squeeze and len(made) == 1:
            return made[0]
        grid = AxesGrid(made, (nrows, ncols))
        return grid[0] if squeeze and nrows == 1 else grid[:, 0] if squeeze and ncols == 1 else grid

    def gca(self, **options):
        return self._current or self.add_subplot()

    def sca(self, ax):
        self._current = ax
        return ax

    def delaxes(self, ax):
        self.axes.remove(ax)
        self._current = self.axes[-1] if self.axes else None

    def clf(self, **options):
        self.axes, self._current, self._image, self._title = [], None, None, ''

    clear = clf

    def suptitle(self, t, **options):
        self._title = str(t)
        return Text(0.5, 0.98, self._title)

    def colorbar(self, mappable=None, cax=None, ax=None, label='', **options):
        mappable = mappable or self._image
        if mappable is None:
            raise RuntimeError('No mappable was found to use for colorbar creation. First define a mappable such as an image (with imshow) or a contour set (with contourf).')
        mark = getattr(mappable, '_mark', None)
        owner = ax if isinstance(ax, AxesSubplot) else mappable.axes if mark else self.gca()
        owner._bar = {'cmap': mark['cmap'], 'low': mark.get('low', 0), 'high': mark.get('high', 1), 'label': label} if mark and 'cmap' in mark else {'cmap': mappable.cmap.described(), 'low': mappable.low, 'high': mappable.high, 'label': label}
        return Colorbar(owner)

    def set_size_inches(self, w, h=None, **options):
        self._size = [float(w), float(h)] if h is not None else [float(n) for n in w]

    def get_size_inches(self):
        return np.array(self._size)

    def set_figwidth(self, w):
        self._size[0] = float(w)

    def set_figheight(self, h):
        self._size[1] = float(h)

    def get_axes(self):
        return list(self.axes)

    def _nothing(self, *args, **options):
        pass

    tight_layout = subplots_adjust = set_facecolor = autofmt_xdate = set_tight_layout = set_constrained_layout = align_labels = set_dpi = _nothing

    def legend(self, *args, **options):
        return self.gca().legend(*args, **options)

    def text(self, x, y, s, **options):
        return self.suptitle(s) if y > 0.9 else Text(x, y, s)

    def show(self):
        self._emit()

    def savefig(self, fname, **options):
        self._name = str(fname)
        self._emit()

    def describe(self):
        return {'id': self.id, 'width': self._size[0] * 100, 'height': self._size[1] * 100, 'title': self._title, 'name': self._name,
                'axes': [ax.describe() for ax in self.axes]}

    def _emit(self):
        from matplotlib import _show_figure
        _show_figure(self.describe())
        self._shown = True


class AxesGrid:
    """What subplots() gives: an array of axes, as far as one is used."""

    def __init__(self, axes, shape):
        self._axes, self.shape = list(axes), shape
        self.size, self.ndim = len(self._axes), len(shape)

    def __len__(self):
        return self.shape[0]

    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            key = (key,)
        picked = [list(range(n))[key[d]] if d < len(key) else list(range(n)) for d, n in enumerate(self.shape)]
        if self.ndim == 1:
            return self._axes[picked[0]] if isinstance(picked[0], int) else AxesGrid([self._axes[i] for i in picked[0]], (len(picked[0]),))
        rows, columns = picked
        at = lambda r, c: self._axes[r * self.shape[1] + c]
        if isinstance(rows, int) and isinstance(columns, int):
            return at(rows, columns)
        if isinstance(rows, int):
            return AxesGrid([at(rows, c) for c in columns], (len(columns),))
        if isinstance(columns, int):
            return AxesGrid([at(r, columns) for r in rows], (len(rows),))
        return AxesGrid([at(r, c) for r in rows for c in columns], (len(rows), len(columns)))

    def ravel(self, order='C'):
        return AxesGrid(self._axes, (self.size,))

    flatten = ravel

    @property
    def flat(self):
        return iter(self._axes)

    def tolist(self):
        return list(self)

    def reshape(self, *shape):
        return AxesGrid(self._axes, (self.size,) if shape in ((-1,), (self.size,)) else shape)


class _Cell:
    def __init__(self, place):
        self.place = place


class GridSpec:
    __module__ = 'matplotlib.gridspec'

    def __init__(self, nrows, ncols, *args, **options):
        self._shape = (nrows, ncols)

    def __getitem__(self, key):
        rows, columns = self._shape
        if not isinstance(key, tuple):
            key = divmod(key, columns) if isinstance(key, int) else (key, slice(None))
        spans = []
        for part, n in zip(key, self._shape):
            places = [list(range(n))[part]] if isinstance(part, int) else list(range(n))[part]
            spans.append((places[0], len(places)))
        return _Cell([rows, columns, spans[0][0], spans[1][0], spans[0][1], spans[1][1]])
