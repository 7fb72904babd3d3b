# matplotlib.pyplot: the figure and the axes that are current, and functions that draw into them.
from matplotlib import MappedColor, color_of, colormap, rcParams, rc, rcdefaults  # noqa: F401
from matplotlib._artists import Text  # noqa: F401
from matplotlib._axes import AxesSubplot as Axes  # noqa: F401
from matplotlib.lines import Line2D  # noqa: F401
from matplotlib.patches import Circle, Polygon, Rectangle  # noqa: F401
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator  # noqa: F401
from matplotlib._figure import Figure, GridSpec  # noqa: F401

_figures = {}
_current = None


def figure(num=None, figsize=None, dpi=None, clear=False, **options):
    global _current
    if isinstance(num, Figure):
        num = num.number
    number = max(_figures, default=0) + 1 if num is None else num if isinstance(num, int) else ([n for n, f in _figures.items() if f._label == num] or [max(_figures, default=0) + 1])[0]
    if number not in _figures:
        _figures[number] = Figure(number, figsize, dpi)
        _figures[number]._label = num
    _current = number
    if clear:
        _figures[number].clf()
    return _figures[number]


def gcf():
    return _figures[_current] if _current in _figures else figure()


def gca(**options):
    return gcf().gca()


def sca(ax):
    global _current
    _current = ax.figure.number
    ax.figure.sca(ax)


def axes(arg=None, **options):
    if arg is None and not options:
        return gcf().add_subplot()
    return gcf().add_subplot(**{k: v for k, v in options.items() if k == 'projection'})


def subplot(*args, **options):
    return gcf().add_subplot(*args, **{k: v for k, v in options.items() if k == 'projection'})


def subplots(nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, figsize=None, dpi=None, num=None, subplot_kw=None, **options):
    fig = figure(num, figsize, dpi)
    return fig, fig.subplots(nrows, ncols, sharex=sharex, sharey=sharey, squeeze=squeeze, subplot_kw=subplot_kw)


def subplot2grid(shape, loc, rowspan=1, colspan=1, **options):
    return gcf()._axes_at([shape[0], shape[1], loc[0], loc[1], rowspan, colspan])


def close(fig=None):
    global _current
    if fig == 'all':
        _figures.clear()
    else:
        _figures.pop(fig.number if isinstance(fig, Figure) else _current if fig is None else fig, None)
    _current = max(_figures, default=None)


def show(*args, block=None, **options):
    """Shows all figures that are open; they are closed by it, as in a notebook."""
    for fig in list(_figures.values()):
        if fig.axes or fig._animation:
            fig._emit()
    close('all')


def draw():
    if gcf().axes:
        gcf()._emit()


def pause(interval):
    if _figures and gcf().axes:
        gcf()._emit()


def _cell_ends():
    """In a notebook what was drawn is shown when the cell ends."""
    for fig in list(_figures.values()):
        if fig.axes and (fig._animation or any([ax._marks for ax in fig.axes])):
            fig._emit()
    close('all')


def savefig(fname, **options):
    gcf().savefig(fname)


def clf():
    gcf().clf()


def cla():
    gca().cla()


def suptitle(t, **options):
    return gcf().suptitle(t)


def colorbar(mappable=None, cax=None, ax=None, label='', **options):
    return gcf().colorbar(mappable, cax, ax, label)


def figtext(x, y, s, **options):
    return gcf().text(x, y, s)


def _current_axes(name, method):
    def function(*args, **options):
        return getattr(gca(), method)(*args, **options)
    function.__name__ = name
    return function


for _name in ('plot scatter bar barh hist step stem errorbar fill fill_between axhline axvline axhspan axvspan hlines vlines contour contourf clabel imshow matshow '
              'pcolormesh pcolor quiver arrow text annotate legend grid axis semilogx semilogy loglog boxplot pie hist2d spy stackplot twinx twiny margins tick_params minorticks_on '
              'autoscale locator_params ticklabel_format').split():
    globals()[_name] = _current_axes(_name, _name)
for _name in 'title xlabel ylabel xscale yscale'.split():
    globals()[_name] = _current_axes(_name, 'set_' + _name)


def _limits(axis):
    def function(*args, **options):
        ax = gca()
        return getattr(ax, f'set_{axis}lim')(*args, **options) if args or options else getattr(ax, f'get_{axis}lim')()
    return function


def _ticks(axis):
    def function(ticks=None, labels=None, **options):
        ax = gca()
        if ticks is not None:
            getattr(ax, f'set_{axis}ticks')(ticks, labels)
        return (ax._ticks[axis] or ([], None))[0], []
    return function


xlim, ylim, xticks, yticks = _limits('x'), _limits('y'), _ticks('x'), _ticks('y')


def _nothing(*args, **options):
    pass


ion = ioff = tight_layout = subplots_adjust = switch_backend = connect = _nothing


def isinteractive():
    return False


def fignum_exists(num):
    return num in _figures


def get_fignums():
    return sorted(_figures)


def get_cmap(name=None, lut=None):
    return colormap(name)


def set_cmap(cmap):
    rcParams['image.cmap'] = colormap(cmap).name


def axline(xy1, xy2=None, *, slope=None, **options):
    ax = gca()
    slope = (xy2[1] - xy1[1]) / (xy2[0] - xy1[0]) if slope is None else slope
    low, high = ax.get_xlim()
    return ax.plot([low, high], [xy1[1] + slope * (low - xy1[0]), xy1[1] + slope * (high - xy1[0])], **options)[0]


def box(on=None):
    pass


def setp(obj, *args, **options):
    for one in obj if isinstance(obj, (list, tuple)) else [obj]:
        if hasattr(one, 'set'):
            one.set(**options)


class _Style:
    available = ['default', 'ggplot', 'seaborn', 'fivethirtyeight', 'dark_background', 'bmh', 'classic']
    use = staticmethod(_nothing)

    @staticmethod
    def context(*args, **options):
        from contextlib import nullcontext
        return nullcontext()


style = _Style()


class _Maps:
    """plt.cm"""

    def __getattr__(self, name):
        if name == 'get_cmap':
            return get_cmap
        if name == 'ScalarMappable':
            raise AttributeError('matplotlib.cm.ScalarMappable is not part of nabla')
        try:
            return colormap(name)
        except ValueError:
            raise AttributeError(f"module 'matplotlib.cm' has no attribute {name!r}") from None


cm = _Maps()

from matplotlib import _at_cell_end

_at_cell_end(_cell_ends)
