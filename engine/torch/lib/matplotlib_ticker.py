# matplotlib.ticker: where ticks stand is the page's choice, so its locators and formatters change nothing.
from matplotlib._artists import Silent


def _kind(name):
    class Quiet(Silent):
        def __init__(self, *args, **options):
            pass
    Quiet.__name__ = name
    return Quiet


for _name in ('MaxNLocator MultipleLocator FixedLocator LinearLocator LogLocator AutoLocator AutoMinorLocator NullLocator FuncFormatter FormatStrFormatter '
              'StrMethodFormatter PercentFormatter ScalarFormatter LogFormatter NullFormatter FixedFormatter').split():
    globals()[_name] = _kind(_name)
