# The module statistics: exact where integers are, rounded once where they are not.
import statistics as st

data = [2, 4, 4, 4, 5, 5, 7, 9]
print(st.mean(data), st.median(data), st.mode(data), st.pstdev(data), st.pvariance(data), st.fmean(data))
print(st.stdev(data), st.variance(data), st.quantiles(data), st.multimode([1, 1, 2, 2]))
print(st.mean([0.1, 0.2, 0.3]), st.stdev([1.5, 2.5, 4.0]), st.harmonic_mean([40, 60]), st.median_low([1, 2, 3, 4]))
print(st.covariance([1, 2, 3], [1, 5, 7]), st.linear_regression([1, 2, 3], [2, 4, 7]))
for attempt in [lambda: st.mean([]), lambda: st.stdev([1]), lambda: st.median([])]:
    try:
        attempt()
    except st.StatisticsError as error:
        print(error)
