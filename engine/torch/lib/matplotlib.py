# matplotlib: colours, and what is set for all figures. Axes are matplotlib_axes.py, figures matplotlib_figure.py, the functions of pyplot matplotlib_pyplot.py.
__version__ = '3.6.3'
rcParams = {'figure.figsize': [6.4, 4.8], 'figure.dpi': 100.0, 'lines.linewidth': 1.5, 'lines.markersize': 6.0, 'font.size': 10.0,
            'axes.grid': False, 'image.cmap': 'viridis'}
rcParamsDefault = dict(rcParams)


def use(backend, **kwargs):
    pass


def rc(group, **kwargs):
    for name in group if isinstance(group, (tuple, list)) else [group]:
        for key, value in kwargs.items():
            rcParams[f'{name}.{key}'] = value


def rcdefaults():
    rcParams.clear()
    rcParams.update(rcParamsDefault)


_CYCLE = '#1f77b4 #ff7f0e #2ca02c #d62728 #9467bd #8c564b #e377c2 #7f7f7f #bcbd22 #17becf'.split()
_SHORT = {'b': '#0000ff', 'g': '#008000', 'r': '#ff0000', 'c': '#00bfbf', 'm': '#bf00bf', 'y': '#bfbf00', 'k': 'ink', 'w': 'paper', 'black': 'ink', 'white': 'paper', 'ink': 'ink', 'paper': 'paper'}
_TABLE = dict(zip('blue orange green red purple brown pink gray olive cyan'.split(), _CYCLE))
_NAMES = set('''aliceblue antiquewhite aqua aquamarine azure beige bisque blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate
coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange
darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey
dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo
ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink
lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine
mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose
moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff
peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat whitesmoke yellow yellowgreen'''.split())
_MAPS = '''viridis plasma inferno magma cividis turbo jet rainbow coolwarm bwr seismic RdBu RdYlBu RdYlGn Spectral PiYG PRGn BrBG PuOr gray Greys binary bone
Blues Greens Reds Oranges Purples YlGn YlGnBu YlOrRd YlOrBr BuGn BuPu GnBu OrRd PuBu PuRd hot cool spring summer autumn winter copper hsv twilight tab10
tab20 Set1 Set2 Set3 Paired Accent Dark2 Pastel1 Pastel2'''.split()


def _hex(parts):
    return '#' + ''.join([f'{int(round(min(max(float(p), 0), 1) * 255)):02x}' for p in parts])


def color_text(c):
    """A colour as '#rrggbb' or '#rrggbbaa', a CSS name, 'ink', 'paper' or 'none'; None when it is not one."""
    if isinstance(c, str):
        low = c.lower()
        if low == 'none':
            return 'none'
        if c in _SHORT:
            return _SHORT[c]
        if low[:1] == 'c' and low[1:].isdigit():
            return _CYCLE[int(low[1:]) % 10]
        if low.startswith('tab:') and low[4:].replace('grey', 'gray') in _TABLE:
            return _TABLE[low[4:].replace('grey', 'gray')]
        if low in _SHORT or low in _NAMES:
            return _SHORT.get(low, low) if len(low) > 1 else None
        if low.startswith('xkcd:'):
            return low[5:].replace(' ', '') if low[5:].replace(' ', '') in _NAMES else None
        if low.startswith('#') and len(low) in (4, 5, 7, 9) and all([d in '0123456789abcdef' for d in low[1:]]):
            long = low if len(low) > 5 else '#' + ''.join([d + d for d in low[1:]])
            return 'ink' if long == '#000000' else 'paper' if long == '#ffffff' else long
        try:
            gray = float(c)
        except ValueError:
            return None
        return 'ink' if gray == 0 else 'paper' if gray == 1 else _hex([gray] * 3) if 0 <= gray <= 1 else None
    try:
        parts = [float(p) for p in c]
    except (TypeError, ValueError):
        return None
    if len(parts) not in (3, 4) or min(parts) < 0 or max(parts) > 1:
        return None
    return 'ink' if parts == [0, 0, 0] or parts == [0, 0, 0, 1] else _hex(parts)


def color_of(c):
    text = color_text(c)
    if text is None:
        raise ValueError(f'{c!r} is not a valid value for color' if isinstance(c, str) else f'Invalid RGBA argument: {c!r}')
    return text


class Colormap:
    """A map from [0, 1] to colours: one by name, which the page knows, or a list of colours."""
    __module__ = 'matplotlib.colors'

    def __init__(self, name, colors=None):
        self.name, self.colors = name, colors
        self.N = 256 if colors is None else len(colors)

    def described(self):
        return self.name if self.colors is None else self.colors

    def reversed(self):
        return Colormap(self.name[:-2] if self.name.endswith('_r') else self.name + '_r', self.colors and self.colors[::-1])

    def __call__(self, value):
        """A colour that stands for the value: it is looked up when it is drawn."""
        import numpy as np
        values = np.asarray(value)
        at = values / (self.N - 1 if issubclass(values.dtype.type, np.integer) else 1)
        texts = [MappedColor(self.described(), float(v)) for v in at.ravel()]
        return texts[0] if values.ndim == 0 else texts


class MappedColor(str):
    def __new__(cls, name, at):
        return str.__new__(cls, f'{name}@{min(max(at, 0), 1):.4f}' if isinstance(name, str) else name[min(int(at * len(name)), len(name) - 1)])


def colormap(cmap):
    if cmap is None:
        cmap = rcParams['image.cmap']
    if isinstance(cmap, Colormap):
        return cmap
    base = cmap[:-2] if isinstance(cmap, str) and cmap.endswith('_r') else cmap
    if base == 'grey':
        base = 'gray'
    if base not in _MAPS:
        raise ValueError(f'{cmap!r} is not a valid value for cmap; supported values are ' + ', '.join([repr(name) for name in sorted(_MAPS)]))
    return Colormap(cmap)
