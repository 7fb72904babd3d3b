# Axes: what is common to all marks, texts, settings, and the description that is drawn. The marks are matplotlib_marks.py and matplotlib_fields.py.
import math

import numpy as np
from _absent import is_absent
from matplotlib import _CYCLE, MappedColor, color_of, rcParams
from matplotlib._artists import PLACES, numbers, listed, either, Artist, Line2D, PathCollection, Legend, Text, Silent
from matplotlib._fields import Fields
from matplotlib._marks import Marks


class AxesSubplot(Marks, Fields):
    __module__ = 'matplotlib.axes._subplots'

    def __init__(self, figure, place, sharex=None, sharey=None):
        self.figure, self._place, self._sharex, self._sharey, self._twin = figure, place, sharex, sharey, None
        self.cla()

    def __repr__(self):
        return '<AxesSubplot: >'

    def __getattr__(self, name):
        if is_absent('matplotlib.axes.Axes', name):
            raise AttributeError(f'matplotlib.axes.Axes.{name} is not part of nabla yet')
        raise AttributeError(f"'AxesSubplot' object has no attribute {name!r}")

    def cla(self):
        self._marks, self._seen, self._next = [], {}, [0, 0]
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

    def _color(self, given, filled=False):
        """A colour as it is drawn; without one the next of the cycle, of which lines have one and all that is filled another."""
        if given is not None:
            return str(given) if isinstance(given, MappedColor) else color_of(given)
        self._next[filled] += 1
        return _CYCLE[(self._next[filled] - 1) % 10]

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
        if arrowprops is not None and xytext is not None:
            wide = 'arrowstyle' not in arrowprops
            shown._mark['arrow'] = {'x': float(xy[0]), 'y': float(xy[1]), 'color': color_of(arrowprops.get('color', arrowprops.get('facecolor', 'k'))),
                                    'width': float(arrowprops.get('width', 4) if wide else arrowprops.get('lw', arrowprops.get('linewidth', 1))),
                                    'head': float(arrowprops.get('headwidth', 12)) if wide else 5.0 if '>' in str(arrowprops['arrowstyle']) else 0.0}
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
        for artist in handles or ():
            if isinstance(artist, Artist) and artist.axes is None:  # made for the legend alone
                artist.axes = self
                artist._mark.update({'x': [], 'y': []})
                self._marks.append(artist._mark)
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
        """Axes at the same place with the same x axis; their own y axis stands at the right."""
        return self._twin_of('x')

    def twiny(self):
        return self._twin_of('y')

    def _twin_of(self, axis):
        name = '_share' + axis
        shared = getattr(self, name)
        if shared is None:
            shared = [self]
            setattr(self, name, shared)
        twin = AxesSubplot(self.figure, self._place, **{name[1:]: shared})
        twin._twin = axis
        shared.append(twin)
        self.figure.axes.append(twin)
        self.figure.sca(twin)
        return twin

    def _nothing(self, *args, **options):
        pass

    tick_params = margins = autoscale = relim = autoscale_view = set_facecolor = set_axisbelow = minorticks_on = locator_params = ticklabel_format = set_prop_cycle = _nothing
    set_box_aspect = label_outer = set_xbound = set_ybound = set_navigate = _nothing

    def _spines(self):
        return Silent()

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
        for other in shared or []:
            if other._limits[axis] is not None:
                return other._limits[axis]
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
        return {'place': self._place, 'twin': self._twin, 'title': self._title, 'xlabel': self._labels['x'], 'ylabel': self._labels['y'], 'xscale': self._scales['x'],
                'yscale': self._scales['y'], 'xlim': list(self.get_xlim()), 'ylim': list(self.get_ylim()),
                'xticks': self._ticks['x'], 'yticks': self._ticks['y'], 'grid': self._grid, 'legend': self._legend, 'off': self._off, 'equal': self._aspect,
                'colorbar': self._bar, 'marks': self._marks}
