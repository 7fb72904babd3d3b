# Axes in three dimensions: surfaces, lines and points are kept as they are given, and projected when the figure is described, with mplot3d's
# perspective (elevation 30, azimuth -60, box 4:4:3). The faces are drawn from the back to the front, then lines, then points.
import math

import numpy as np
from matplotlib import MappedColor, color_of, colormap, rcParams
from matplotlib._artists import Artist, PathCollection, PolyCollection, either, line_style, listed, marker_style, numbers, only, parse_format
from matplotlib._axes import AxesSubplot

DISTANCE = 10.0
MOST_FACES = 50  # along each side of a surface


def _round_numbers(low, high, most):
    """Multiples of 1, 2, 2.5 or 5 between low and high, in at most so many steps."""
    scale = 10 ** math.floor(math.log10((high - low) / most))
    step = [scale * s for s in (1, 2, 2.5, 5, 10) if (high - low) / (scale * s) <= most + 1e-9][0]
    return [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


class Line3D(Artist):
    __module__ = 'mpl_toolkits.mplot3d.art3d'

    def set_data_3d(self, *data):
        x, y, z = data if len(data) == 3 else data[0]
        self._mark['x3'], self._mark['y3'], self._mark['z3'] = listed(x), listed(y), listed(z)


class Axes3D(AxesSubplot):
    __module__ = 'mpl_toolkits.mplot3d.axes3d'
    name = '3d'

    def __init__(self, figure, place=None, **shared):
        super().__init__(figure, place or [1, 1, 0, 0, 1, 1], shared.get('sharex'), shared.get('sharey'))
        if place is None:
            figure.axes.append(self)

    def __repr__(self):
        return '<Axes3DSubplot: >'

    def cla(self):
        super().cla()
        self._labels['z'], self._limits['z'], self._ticks['z'] = '', None, None
        self._inverted['z'], self._scales['z'] = False, 'linear'
        self.elev, self.azim = 30, -60
        self._aspect, self._off, self._grid = True, False, True

    clear = cla

    # -- what is drawn

    def _solid(self, mark, x, y, z):
        x, y, z = [np.asarray(a, float) for a in np.broadcast_arrays(*[np.atleast_1d(numbers(a)) for a in (x, y, z)])]
        mark['x3'], mark['y3'], mark['z3'] = listed(x), listed(y), listed(z)
        self._marks.append(mark)
        return mark

    def plot_surface(self, X, Y, Z, *, cmap=None, color=None, alpha=None, vmin=None, vmax=None, label=None, rstride=None, cstride=None, rcount=None, ccount=None, shade=True, **options):
        x, y, z = self._sheet(X, Y, Z, rstride, cstride, rcount, ccount)
        edge = either(options, 'edgecolor', 'edgecolors', 'ec')
        width = either(options, 'linewidth', 'lw', default=None)
        only('Poly3DCollection', options, 'lightsource', 'norm', 'facecolors')
        mark = {'kind': 'surface', 'rows': z.shape[0], 'columns': z.shape[1], 'alpha': alpha, 'label': label, 'shade': shade and cmap is None,
                'edge': None if edge is None or edge == 'none' or width == 0 else color_of(edge), 'width': 0.5 if width is None else float(width)}
        if cmap is None:
            mark['color'] = self._color(color)
        else:
            mark['cmap'] = colormap(cmap).described()
            mark['low'], mark['high'] = self._range((z[:-1, :-1] + z[1:, :-1] + z[1:, 1:] + z[:-1, 1:]) / 4, vmin, vmax)
        return self._mappable(PolyCollection(self, self._solid(mark, x, y, z)))

    def plot_wireframe(self, X, Y, Z, *, color=None, alpha=None, label=None, rstride=None, cstride=None, rcount=None, ccount=None, **options):
        x, y, z = self._sheet(X, Y, Z, rstride, cstride, rcount, ccount)
        width = either(options, 'linewidth', 'lw', default=1.0)
        only('Line3DCollection', options, 'cmap')
        mark = {'kind': 'wires', 'rows': z.shape[0], 'columns': z.shape[1], 'alpha': alpha, 'label': label, 'color': color_of('C0' if color is None else color), 'width': float(width)}
        return PolyCollection(self, self._solid(mark, x, y, z))

    def _sheet(self, X, Y, Z, rstride, cstride, rcount, ccount):
        z = numbers(Z)
        if z.ndim != 2:
            raise ValueError('Argument Z must be 2-dimensional.')
        x, y, z = np.broadcast_arrays(numbers(X), numbers(Y), z)
        steps = [max(1, stride or math.ceil(n / (count or MOST_FACES)), math.ceil(n / MOST_FACES)) for n, stride, count in zip(z.shape, (rstride, cstride), (rcount, ccount))]
        rows, columns = [sorted({*range(0, n, step), n - 1}) for n, step in zip(z.shape, steps)]
        return [a[rows][:, columns] for a in (x, y, z)]

    def plot(self, xs, ys, *args, zdir='z', **options):
        args = list(args)
        zs = args.pop(0) if args and not isinstance(args[0], str) else options.pop('zs', 0)
        color, style, marker = parse_format(args[0] if args else '')
        color = either(options, 'color', 'c', default=color)
        marker = marker_style(either(options, 'marker', default=marker))
        dash = line_style(options, style or ('none' if args and args[0] and marker and not style else 'solid'))
        mark = {'kind': 'line', 'color': self._color(color), 'dash': dash, 'marker': marker, 'width': float(either(options, 'linewidth', 'lw', default=rcParams['lines.linewidth'])),
                'size': float(either(options, 'markersize', 'ms', default=rcParams['lines.markersize'])), 'alpha': either(options, 'alpha'),
                'label': either(options, 'label'), 'face': None, 'edge': None}
        only('Line3D', options)
        return [Line3D(self, self._solid(mark, xs, ys, zs))]

    plot3D = plot

    def scatter(self, xs, ys, zs=0, zdir='z', s=20, c=None, depthshade=True, cmap=None, marker='o', alpha=None, label=None, vmin=None, vmax=None, **options):
        color = either(options, 'color', 'facecolor', default=c)
        edge = either(options, 'edgecolor', 'edgecolors', 'ec')
        only('Path3DCollection', options)
        mark = {'kind': 'points', 'marker': marker_style(marker) or 'o', 'alpha': alpha, 'label': label, 'color': None, 'size': listed(s) if np.ndim(s) else float(s),
                'edge': None if edge is None else color_of(edge), 'width': None}
        if color is None or isinstance(color, str):
            mark['color'] = self._color(color, True)
        elif len(color) and isinstance(color[0], (str, tuple, list)):
            mark['color'] = [str(one) if isinstance(one, MappedColor) else color_of(one) for one in color]
        elif len(color) in (3, 4) and len(color) != np.size(xs):
            mark['color'] = color_of(color)
        else:
            mark['values'], mark['cmap'] = listed(color), colormap(cmap).described()
            mark['low'], mark['high'] = self._range(numbers(color), vmin, vmax)
        return self._mappable(PathCollection(self, self._solid(mark, xs, ys, zs)))

    scatter3D = scatter

    def text(self, x, y, z, s, zdir=None, **options):
        shown = super().text(0, 0, s, **options)
        self._marks.remove(shown._mark)
        self._solid(shown._mark, x, y, z)
        return shown

    def _left_out(name):
        def missing(self, *args, **options):
            raise NotImplementedError(f'{name}() of axes in three dimensions is not part of nabla: plot_surface(), plot_wireframe(), plot() and scatter() are')
        return missing

    for _name in ('contour contourf contour3D contourf3D bar bar3d quiver plot_trisurf voxels stem hist imshow fill_between errorbar annotate pie axhline axvline').split():
        locals()[_name] = _left_out(_name)

    # -- settings

    def set_zlabel(self, zlabel, *args, **options):
        self._labels['z'] = str(zlabel)

    def get_zlabel(self):
        return self._labels['z']

    def set_zlim(self, bottom=None, top=None, *, zmin=None, zmax=None, **options):
        return self._set_limits('z', zmin if bottom is None else bottom, zmax if top is None else top)

    set_zlim3d = set_zlim
    set_xlim3d, set_ylim3d = AxesSubplot.set_xlim, AxesSubplot.set_ylim

    def get_zlim(self):
        return self._limits_of('z')

    def set_zticks(self, ticks, labels=None, **options):
        self._set_ticks('z', ticks, labels)

    def set_zticklabels(self, labels, **options):
        self._set_ticks('z', self._ticks['z'][0] if self._ticks['z'] else range(len(labels)), labels)

    def set_zscale(self, value, **options):
        if value != 'linear':
            raise NotImplementedError('a logarithmic z axis is not part of nabla')

    def view_init(self, elev=None, azim=None, roll=None, **options):
        self.elev, self.azim = 30 if elev is None else elev, -60 if azim is None else azim

    def _same(self, *args, **options):
        pass

    set_box_aspect = set_aspect = set_proj_type = mouse_init = invert_zaxis = dist = _same

    @property
    def zaxis(self):
        return self.xaxis

    # -- projection

    def _limits_of(self, axis):
        if self._limits[axis] is not None:
            return self._limits[axis]
        values = [v for mark in self._marks if 'x3' in mark for v in mark[axis + '3'] if math.isfinite(v)]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        if low == high:
            spread = 0.05 * abs(low) or 0.05
            low, high = low - spread, high + spread
        return (high, low) if self._inverted[axis] else (low, high)

    def _projection(self):
        """A function from points in space to the plane of the picture, and how far they are."""
        box = np.array([4.0, 4.0, 3.0])
        box = box * (1.8294640721620434 * 25 / 24 / np.linalg.norm(box))
        limits = np.array([self._limits_of(axis) for axis in 'xyz'], float)
        low, span = limits[:, 0], limits[:, 1] - limits[:, 0]
        elev, azim = math.radians(self.elev), math.radians(self.azim)
        toward = np.array([math.cos(elev) * math.cos(azim), math.cos(elev) * math.sin(azim), math.sin(elev)])
        up = np.array([0.0, 0.0, -1.0 if abs(elev) > math.pi / 2 else 1.0])
        across = np.cross(up, toward)
        across = across / np.linalg.norm(across) if np.linalg.norm(across) > 1e-9 else np.array([-math.sin(azim), math.cos(azim), 0.0])
        above = np.cross(toward, across)

        def project(x, y, z):
            at = (np.stack([numbers(x), numbers(y), numbers(z)], -1) - low) / span * box - box / 2
            far = DISTANCE - at @ toward
            return (at @ across) / far, (at @ above) / far, far
        return project, toward * np.sign(span)

    def describe(self):
        project, toward = self._projection()
        marks = [] if self._off else self._frame(project, toward)
        order = {'surface': 0, 'wires': 1, 'line': 2, 'points': 3, 'text': 4}
        for mark in sorted([m for m in self._marks if 'x3' in m], key=lambda m: order[m['kind']]):
            shown = {k: v for k, v in mark.items() if k not in ('x3', 'y3', 'z3', 'rows', 'columns', 'shade')}
            x, y, far = project(mark['x3'], mark['y3'], mark['z3'])
            if mark['kind'] == 'surface':
                self._faces(mark, shown, x, y, far)
            elif mark['kind'] == 'wires':
                self._wires(mark, shown, x, y)
            elif mark['kind'] == 'text':
                shown['x'], shown['y'] = float(x[0]), float(y[0])
            else:
                shown['x'], shown['y'] = listed(x), listed(y)
            marks.append(shown)
        flat = super().describe()
        flat.update({'xlim': [-0.115, 0.115], 'ylim': [-0.1, 0.095], 'xlabel': '', 'ylabel': '', 'xscale': 'linear', 'yscale': 'linear', 'off': True, 'equal': True, 'marks': marks})
        return flat

    def _faces(self, mark, shown, x, y, far):
        grid = lambda a: np.asarray(a).reshape(mark['rows'], mark['columns'])
        corners = lambda a: np.stack([grid(a)[:-1, :-1], grid(a)[1:, :-1], grid(a)[1:, 1:], grid(a)[:-1, 1:]], -1).reshape(-1, 4)
        x, y, far, z = corners(x), corners(y), corners(far), corners(mark['z3'])
        back = np.argsort(-far.mean(1))
        back = back[np.isfinite(z[back].sum(1))]
        shown.update({'kind': 'faces', 'x': listed(x[back]), 'y': listed(y[back])})
        if 'cmap' in mark:
            shown['values'] = listed(z[back].mean(1))
        elif mark['shade'] and mark['color'].startswith('#'):
            # The light falls in from azimuth 225, altitude 19.47, as in mplot3d.
            a = [corners(mark[name]) for name in ('x3', 'y3', 'z3')]
            sides = [np.stack([c[:, i] - c[:, i - 1] for c in a], -1) for i in (1, 2)]
            normal = np.stack([sides[0][:, i] * sides[1][:, j] - sides[0][:, j] * sides[1][:, i] for i, j in ((1, 2), (2, 0), (0, 1))], -1)
            azimuth, altitude = math.radians(90 - 225), math.radians(19.4712)
            light = np.array([math.cos(azimuth) * math.cos(altitude), math.sin(azimuth) * math.cos(altitude), math.sin(altitude)])
            length = np.sqrt((normal * normal).sum(1))
            shade = 0.65 - 0.35 * (normal @ light) / np.where(length == 0, 1, length)
            base = [int(mark['color'][i:i + 2], 16) for i in (1, 3, 5)]
            shown['color'] = ['#' + ''.join([f'{int(c * s):02x}' for c in base]) for s in listed(shade[back])]

    def _wires(self, mark, shown, x, y):
        grid = [np.asarray(a).reshape(mark['rows'], mark['columns']) for a in (x, y)]
        ends = {'x1': 0, 'x2': 0, 'y1': 1, 'y2': 1}
        shown.update({'kind': 'segments', 'dash': 'solid', 'head': False})
        for name, i in ends.items():
            first = name.endswith('1')
            a = grid[i]
            shown[name] = listed(a[:, :-1] if first else a[:, 1:]) + listed(a[:-1] if first else a[1:])

    def _frame(self, project, toward):
        """The three walls at the back with their grid, and ticks and names along three edges."""
        limits = {axis: self._limits_of(axis) for axis in 'xyz'}
        pad = {axis: (high - low) / 48 for axis, (low, high) in limits.items()}
        wide = {axis: (low - pad[axis], high + pad[axis]) for axis, (low, high) in limits.items()}
        front = {axis: wide[axis][int(t > 0)] for axis, t in zip('xyz', (toward[0], toward[1], -abs(toward[2]) if self.elev >= 0 else abs(toward[2])))}
        front['z'] = wide['z'][0 if self.elev >= 0 else 1]  # where the x and y axes lie
        back = {axis: wide[axis][0] + wide[axis][1] - front[axis] for axis in 'xy'}
        back['z'] = front['z']
        marks = []

        def at(**place):
            x, y, _ = project(*[np.array([place[axis]]) for axis in 'xyz'])
            return float(x[0]), float(y[0])

        def line(a, b, color='#b0b0b0', width=0.8):
            return {'kind': 'segments', 'x1': [a[0]], 'y1': [a[1]], 'x2': [b[0]], 'y2': [b[1]], 'color': color, 'width': width, 'dash': 'solid', 'head': False, 'alpha': 0.7, 'label': None}

        def words(place, off, out, text, size):
            """A text so many points off a place, whatever the size of the picture."""
            return {'kind': 'text', 'x': place[0], 'y': place[1], 'text': text, 'color': 'ink', 'size': size, 'anchor': 'center', 'base': 'center', 'inside': False, 'alpha': None,
                    'shift': [off * out[0], off * out[1]]}

        for axis, (p, q) in {'x': 'yz', 'y': 'xz', 'z': 'xy'}.items():
            ends = [(wide[p][i], wide[q][j]) for i, j in ((0, 0), (0, 1), (1, 1), (1, 0))]
            places = [at(**{axis: back[axis], p: a, q: b}) for a, b in ends]
            marks.append({'kind': 'polygon', 'x': [x for x, y in places], 'y': [y for x, y in places], 'color': '#8080801c', 'alpha': None, 'label': None})
        ticks = {}
        for axis in 'xyz':
            low, high = sorted(limits[axis])
            given = self._ticks[axis]
            levels = given[0] if given else _round_numbers(low, high, 8 if axis == 'z' else 6)
            slack = (high - low) * 1e-9
            ticks[axis] = [(v, given[1][i] if given and given[1] else f'{v:.6g}'.replace('-', '−')) for i, v in enumerate(levels) if low - slack <= v <= high + slack]
        for axis, (p, q) in {'x': 'yz', 'y': 'xz', 'z': 'xy'}.items():
            for v, _ in ticks[axis] if self._grid else []:
                for fixed, free in ((p, q), (q, p)):
                    marks.append(line(*[at(**{axis: v, fixed: back[fixed], free: wide[free][i]}) for i in (0, 1)]))
        middle = at(**{axis: (low + high) / 2 for axis, (low, high) in limits.items()})
        base = {'x': {'y': front['y'], 'z': front['z']}, 'y': {'x': front['x'], 'z': front['z']}, 'z': {'x': front['x'], 'y': back['y']}}
        for axis in 'xyz':
            ends = [at(**{axis: wide[axis][i], **base[axis]}) for i in (0, 1)]
            marks.append({**line(*ends, 'ink', 0.8), 'alpha': 0.8})
            # Labels stand off the edge, square to it and away from the middle of the box.
            dx, dy = ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]
            length = math.hypot(dx, dy) or 1.0
            out = (dy / length, -dx / length)
            centre = ((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2)
            if out[0] * (centre[0] - middle[0]) + out[1] * (centre[1] - middle[1]) < 0:
                out = (-out[0], -out[1])
            for v, text in ticks[axis]:
                x, y = at(**{axis: v, **base[axis]})
                marks.append({**line((x, y), (x + 0.002 * out[0], y + 0.002 * out[1]), 'ink', 0.8), 'alpha': 0.8})
                marks.append(words((x, y), 13, out, text, 8.5))
            if self._labels[axis]:
                marks.append(words(centre, 31, out, self._labels[axis], 10))
        return marks
