# The sieve of Eratosthenes, with slices.
def sieve(limit):
    is_prime = [True] * (limit + 1)
    is_prime[0:2] = [False, False]
    for n in range(2, int(limit**0.5) + 1):
        if is_prime[n]:
            is_prime[n * n::n] = [False] * len(range(n * n, limit + 1, n))
    return [n for n, prime in enumerate(is_prime) if prime]

primes = sieve(60)
print(primes, len(sieve(10000)))
twins = [(p, q) for p, q in zip(primes, primes[1:]) if q - p == 2]
print(twins)
