# Axes, first part: lines, points, bars and areas.
import numpy as np
from matplotlib import _CYCLE, MappedColor, color_of, color_text, colormap, rcParams
from matplotlib._artists import MOST_POINTS, STYLES, numbers, listed, thinned, only, either, line_style, marker_style, parse_format, Line2D, PathCollection, PolyCollection, LineCollection, Quiver, Rectangle, Polygon, BarContainer


class Marks:
    """Methods of AxesSubplot."""

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
            mark['color'] = self._color(c if c is not None else color, True)
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
        colors = [color_of(c) for c in color] if isinstance(color, (list, np.ndarray)) and not isinstance(color, str) else self._color(color, True)
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
        mark = {'kind': 'area', 'color': self._color(color, True), 'alpha': alpha, 'label': label}
        mark['x'], mark['low'], mark['high'] = [listed(c) for c in thinned(x, low, high)]
        self._add(mark, mark['x'], mark['low'] + mark['high'])
        return PolyCollection(self, mark)

    def fill(self, x, y, color=None, alpha=None, label=None, **options):
        mark = {'kind': 'polygon', 'x': listed(x), 'y': listed(y), 'color': self._color(either(options, 'facecolor', 'fc', default=color), True), 'alpha': alpha, 'label': label}
        self._add(mark, mark['x'], mark['y'])
        return [Polygon(self, mark)]

    def stackplot(self, x, *args, labels=(), colors=None, **options):
        rows = np.cumsum(np.vstack([numbers(a) for a in args]), 0)
        below = [np.zeros(rows.shape[1])] + list(rows)
        return [self.fill_between(x, below[i], below[i + 1], color=None if colors is None else colors[i % len(colors)], label=labels[i] if i < len(labels) else None, **options)
                for i in range(len(rows))]

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
        mark = {'kind': 'span', 'axis': axis, 'low': float(low), 'high': float(high), 'color': color_of(either(options, 'color', 'facecolor', 'fc', default='C0')),
                'alpha': either(options, 'alpha'), 'label': either(options, 'label')}
        self._add(mark, [low, high] if axis == 'x' else [], [low, high] if axis == 'y' else [])
        return Polygon(self, mark)

    def axvspan(self, xmin, xmax, ymin=0, ymax=1, **options):
        return self._span('x', xmin, xmax, options)

    def axhspan(self, ymin, ymax, xmin=0, xmax=1, **options):
        return self._span('y', ymin, ymax, options)
