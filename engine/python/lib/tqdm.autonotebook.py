# The module `tqdm.autonotebook`: the same bar.
from tqdm import tqdm, trange
