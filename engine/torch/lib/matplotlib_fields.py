# Axes, second part: fields, images, boxes.
import math

import numpy as np
from matplotlib import color_of, color_text, colormap
from matplotlib._artists import MOST_CELLS, STYLES, numbers, listed, nice_levels, AxesImage, QuadContourSet
from matplotlib.patches import Wedge


class Fields:
    """Methods of AxesSubplot."""

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

    def pie(self, x, explode=None, labels=None, colors=None, autopct=None, pctdistance=0.6, shadow=False, labeldistance=1.1, startangle=0, radius=1,
            counterclock=True, wedgeprops=None, textprops=None, normalize=True, **options):
        """Wedges around the origin, counterclockwise from `startangle`, as large as their shares."""
        x = numbers(x)
        if np.any(x < 0):
            raise ValueError('Wedge sizes \'x\' must be non negative values')
        total = float(x.sum())
        shares = x / total if normalize or total > 1 else x
        for name, given in (('label', labels), ('explode', explode)):
            if given is not None and len(given) != len(x):
                raise ValueError(f"'{name}' must be of length 'x'")
        names = [''] * len(x) if labels is None else [str(label) for label in labels]
        wedges, texts, inside = [], [], []
        at = startangle
        for i, share in enumerate(listed(shares)):
            turn = (360 if counterclock else -360) * share
            middle = math.radians(at + turn / 2)
            away = 0.0 if explode is None else float(explode[i])
            centre = (away * math.cos(middle), away * math.sin(middle))
            color = self._color(None if colors is None else colors[i % len(colors)], True)
            wedge = Wedge(centre, radius, min(at, at + turn), max(at, at + turn), (wedgeprops or {}).get('width'), color=None, facecolor=color,
                          edgecolor=(wedgeprops or {}).get('edgecolor'), alpha=(wedgeprops or {}).get('alpha'), label=names[i] or None)
            wedges.append(self.add_patch(wedge))
            place = lambda r: (centre[0] + r * radius * math.cos(middle), centre[1] + r * radius * math.sin(middle))
            texts.append(self.text(*place(labeldistance), names[i], ha='left' if math.cos(middle) >= 0 else 'right', va='center', **(textprops or {})))
            if autopct is not None:
                text = autopct(100 * share) if callable(autopct) else autopct % (100 * share)
                inside.append(self.text(*place(pctdistance), text, ha='center', va='center', **(textprops or {})))
            at += turn
        self._limits = {'x': (-1.25, 1.25), 'y': (-1.25, 1.25)}
        self._aspect = self._off = True
        return (wedges, texts) if autopct is None else (wedges, texts, inside)

    def add_patch(self, patch):
        mark = patch._mark
        patch.axes = self
        self._add(mark, mark['x'], mark['y'])
        return patch

    def spy(self, Z, **options):
        return self.imshow(np.asarray(Z) != 0, cmap='binary')

    def hist2d(self, x, y, bins=10, range=None, density=False, cmap=None, **options):
        counts, xs, ys = np.histogram2d(listed(x), listed(y), bins, range, density)
        return counts, xs, ys, self.pcolormesh(xs, ys, counts.T, cmap=cmap, **options)
