# Figures: their axes in a grid, colour bars, what is handed over to be drawn.
import numpy as np
from _absent import is_absent
from matplotlib import rcParams
from matplotlib._artists import Text, Silent
from matplotlib._axes import AxesSubplot


class Colorbar:
    __module__ = 'matplotlib.colorbar'

    def __init__(self, ax):
        self.ax = Silent()
        self._axes = ax

    def set_label(self, label, **options):
        self._axes._bar['label'] = str(label)

    def set_ticks(self, ticks, labels=None, **options):
        pass


def _kind(projection):
    if projection in (None, 'rectilinear'):
        return AxesSubplot
    if projection != '3d':
        raise NotImplementedError(f"matplotlib's projection={projection!r} is not part of nabla")
    from matplotlib._three import Axes3D
    return Axes3D


class Figure:
    __module__ = 'matplotlib.figure'
    made = 0

    def __init__(self, number, figsize=None, dpi=None):
        Figure.made += 1
        self.id, self.number = Figure.made, number
        self._size = [float(n) for n in (figsize or rcParams['figure.figsize'])]
        self.dpi = dpi or rcParams['figure.dpi']
        self.axes, self._current, self._image, self._title, self._name, self._shown = [], None, None, '', None, None
        self.canvas, self._animation = Silent(), None

    def __repr__(self):
        width, height = [int(round(n * 100)) for n in self._size]
        return f'<Figure size {width}x{height} with {len(self.axes)} Axes>'

    def __str__(self):
        width, height = [int(round(n * 100)) for n in self._size]
        return f'Figure({width}x{height})'

    def __getattr__(self, name):
        if is_absent('matplotlib.figure.Figure', name):
            raise AttributeError(f'matplotlib.figure.Figure.{name} is not part of nabla yet')
        raise AttributeError(f"'Figure' object has no attribute {name!r}")

    def _axes_at(self, place, projection=None, **shared):
        kind = _kind(projection)
        for ax in self.axes:
            if ax._place == place and not shared and type(ax) is kind:
                self._current = ax
                return ax
        self._current = kind(self, place, **shared)
        self.axes.append(self._current)
        return self._current

    def add_subplot(self, *args, projection=None, **options):
        if not args:
            args = (1, 1, 1)
        if len(args) == 1:
            if isinstance(args[0], _Cell):
                return self._axes_at(args[0].place, projection)
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
        return self._axes_at([rows, columns, top, left, bottom - top + 1, right - left + 1], projection)

    def add_axes(self, rect=None, projection=None, **options):
        if isinstance(rect, AxesSubplot):
            if rect not in self.axes:
                self.axes.append(rect)
            self._current = rect
            return rect
        return self._axes_at([1, 1, 0, 0, 1, 1], projection)

    def add_gridspec(self, nrows=1, ncols=1, **options):
        return GridSpec(nrows, ncols)

    def subplots(self, nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, subplot_kw=None, **options):
        made = []
        projection = (subplot_kw or {}).get('projection')
        for r in range(nrows):
            for c in range(ncols):
                ax = self._axes_at([nrows, ncols, r, c, 1, 1], projection, sharex=made if sharex else None, sharey=made if sharey else None)
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
        if self._animation is not None:
            self._animation._play()
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
