# matplotlib.lines: Line2D as a legend's handle; plot() makes its own.
from matplotlib import color_of
from matplotlib import _artists
from matplotlib._artists import either, line_style, listed, marker_style


class Line2D(_artists.Line2D):
    def __init__(self, xdata, ydata, **options):
        super().__init__(None, {'kind': 'line', 'x': listed(xdata), 'y': listed(ydata), 'color': color_of(either(options, 'color', 'c', default='C0')),
                                'dash': line_style(options), 'marker': marker_style(either(options, 'marker')), 'width': float(either(options, 'linewidth', 'lw', default=1.5)),
                                'size': float(either(options, 'markersize', 'ms', default=6)), 'alpha': either(options, 'alpha'), 'label': either(options, 'label'),
                                'face': None, 'edge': None})
