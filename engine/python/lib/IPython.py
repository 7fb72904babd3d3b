# The package `IPython`, as far as notebooks import it.
def get_ipython():
    return None
version_info = (8, 5, 0)
__version__ = "8.5.0"
