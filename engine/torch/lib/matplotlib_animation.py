# matplotlib.animation: the frames are drawn one after the other into the same figure when it is shown, and the last one stays.
import itertools

MOST_FRAMES = 200


class Animation:
    def __init__(self, fig, draw, frames, init=None):
        self._fig, self._draw, self._frames, self._init = fig, draw, frames, init
        fig._animation = self

    def _play(self):
        """Draws and shows each frame but the last, which whoever shows the figure shows."""
        self._fig._animation = None
        if self._init is not None:
            self._init()
        shown = False
        for frame in itertools.islice(self._frames, MOST_FRAMES):
            if shown:
                self._fig._emit()
            self._draw(frame)
            shown = True

    def save(self, filename, *args, **options):
        self._fig.savefig(filename)

    def to_jshtml(self, *args, **options):
        self._fig._emit()
        return ''

    to_html5_video = _repr_html_ = to_jshtml

    def pause(self):
        pass

    resume = pause


class FuncAnimation(Animation):
    __module__ = 'matplotlib.animation'

    def __init__(self, fig, func, frames=None, init_func=None, fargs=None, save_count=None, *, cache_frame_data=True, interval=200, repeat=True, blit=False, **options):
        if frames is None:
            frames = range(save_count or 100)
        elif callable(frames):
            frames = frames()
        elif hasattr(frames, '__index__'):
            frames = range(frames)
        super().__init__(fig, lambda frame: func(frame, *(fargs or ())), frames, init_func)


class ArtistAnimation(Animation):
    __module__ = 'matplotlib.animation'

    def __init__(self, fig, artists, *args, **options):
        def draw(shown):
            for group in artists:
                for one in group:
                    marks = one.axes._marks
                    if any([one._mark is m for m in marks]) and one not in shown:
                        one.remove()
            for one in shown:
                if not any([one._mark is m for m in one.axes._marks]):
                    one.axes._marks.append(one._mark)
        super().__init__(fig, draw, artists)


def _no_files(name):
    class Writer:
        def __init__(self, *args, **options):
            pass
    Writer.__name__ = name
    return Writer


PillowWriter, FFMpegWriter = _no_files('PillowWriter'), _no_files('FFMpegWriter')
