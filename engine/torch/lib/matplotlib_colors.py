# matplotlib.colors: colour maps made of a list, and colours as texts.
from matplotlib import _CYCLE, Colormap, color_of, color_text

TABLEAU_COLORS = dict(zip(['tab:' + n for n in 'blue orange green red purple brown pink gray olive cyan'.split()], _CYCLE))


def ListedColormap(colors, name='from_list', N=None):
    return Colormap(name, [color_of(c) for c in colors])


def is_color_like(c):
    return color_text(c) is not None


def to_hex(c, keep_alpha=False):
    return {'ink': '#000000', 'paper': '#ffffff'}.get(color_of(c), color_of(c))
