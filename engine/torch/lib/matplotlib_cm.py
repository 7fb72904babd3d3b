# matplotlib.cm: the colour maps by name.
from matplotlib import _MAPS, Colormap, colormap as get_cmap  # noqa: F401

for _name in _MAPS:
    globals()[_name], globals()[_name + '_r'] = Colormap(_name), Colormap(_name + '_r')
