# Warnings can be silenced, and turned into errors.
import warnings

warnings.warn("seen")
warnings.filterwarnings("ignore")
warnings.warn("not seen")
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("now an error", RuntimeWarning)
    except RuntimeWarning as warning:
        print("caught:", warning)
warnings.warn("not seen either")
