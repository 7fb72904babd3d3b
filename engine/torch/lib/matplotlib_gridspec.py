# matplotlib.gridspec
from matplotlib._figure import GridSpec  # noqa: F401
