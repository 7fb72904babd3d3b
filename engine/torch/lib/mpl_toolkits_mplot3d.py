# mpl_toolkits.mplot3d: importing it is how axes in three dimensions were once switched on.
from matplotlib._three import Axes3D  # noqa: F401
