# What passes over NaNs, histograms in two dimensions, polynomials, windows.
import numpy as np

a = np.array([[1.0, np.nan, 3.0], [4.0, 5.0, np.nan]])
print(np.nansum(a), np.nanmean(a, axis=1), np.nanstd(a), np.nanvar(a, axis=0), np.nanmax(a), np.nanmedian(a))
print(np.nanargmax(a), np.nanargmin(a, axis=1), np.nanpercentile(a, 25), np.nancumsum(a), np.sign(a))
print(np.histogram2d([0, 1, 1, 2], [0, 0, 1, 2], bins=2)[0], np.histogram_bin_edges([0, 1, 4.0], 4))
p = np.polyfit([0, 1, 2, 3], [1, 3, 7, 13], 2)
print(p.round(6), np.polyval(p, 4).round(6), np.polyder([1, 2, 3]), np.polyint([2, 2]), np.polymul([1, 2], [1, -1]), np.poly([1, 2]))
print(np.hanning(5), np.correlate([1, 2, 3], [0, 1, 0.5], "full"), np.convolve([1, 2], [1, 3]))
print(np.modf([1.5, -2.25]), np.unwrap([0, 3, 6.5, 9.9]), np.trim_zeros([0, 1, 2, 0]))
