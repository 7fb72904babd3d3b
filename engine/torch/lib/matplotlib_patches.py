# matplotlib.patches: shapes that add_patch() puts into axes, and what stands in a legend by itself.
import math

from matplotlib import color_of
from matplotlib._artists import Artist, either, numbers


class Patch(Artist):
    __module__ = 'matplotlib.patches'

    def __init__(self, points=(), **options):
        fill, color = options.pop('fill', True), either(options, 'color')
        face = either(options, 'facecolor', 'fc', default=color or 'C0')
        edge = either(options, 'edgecolor', 'ec', default=color)
        face = 'none' if not fill else color_of(face)
        super().__init__(None, {'kind': 'polygon', 'x': [float(x) for x, y in points], 'y': [float(y) for x, y in points], 'color': face,
                                'edge': color_of('k' if edge is None else edge) if edge is not None or not fill else None,
                                'width': float(either(options, 'linewidth', 'lw', default=1)), 'alpha': either(options, 'alpha'), 'label': either(options, 'label')})

    def set_facecolor(self, color):
        self._mark['color'] = color_of(color)

    def set_edgecolor(self, color):
        self._mark['edge'] = color_of(color)


def _round(xy, width, height, angle=0.0, start=0.0, stop=360.0):
    turn = math.radians(angle)
    out = []
    for i in range(73):
        t = math.radians(start + (stop - start) * i / 72)
        x, y = width / 2 * math.cos(t), height / 2 * math.sin(t)
        out.append((xy[0] + x * math.cos(turn) - y * math.sin(turn), xy[1] + x * math.sin(turn) + y * math.cos(turn)))
    return out


class Circle(Patch):
    def __init__(self, xy, radius=5, **options):
        super().__init__(_round(xy, 2 * radius, 2 * radius), **options)


class Ellipse(Patch):
    def __init__(self, xy, width, height, angle=0, **options):
        super().__init__(_round(xy, width, height, angle), **options)


class Wedge(Patch):
    def __init__(self, center, r, theta1, theta2, width=None, **options):
        stop = theta2 if theta2 > theta1 else theta2 + 360
        inner = [center] if width is None else _round(center, 2 * (r - width), 2 * (r - width), 0, theta1, stop)[::-1]
        super().__init__(_round(center, 2 * r, 2 * r, 0, theta1, stop) + inner, **options)


class Rectangle(Patch):
    def __init__(self, xy, width, height, angle=0.0, **options):
        turn = math.radians(angle)
        super().__init__([(xy[0] + x * math.cos(turn) - y * math.sin(turn), xy[1] + x * math.sin(turn) + y * math.cos(turn))
                          for x, y in ((0, 0), (width, 0), (width, height), (0, height))], **options)


class Polygon(Patch):
    def __init__(self, xy, closed=True, **options):
        super().__init__(numbers(xy).tolist(), **options)
