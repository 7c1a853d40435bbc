"""XXH3-64 of short strings (seed 0), as xxhash gives it; the algorithm is described at https://github.com/Cyan4973/xxHash."""

from typing import Any

import numpy as np
import numpy.typing as npt

from provenance.kernels.compiled import inner

Unsigned = npt.NDArray[np.uint64]
Number = Any  # a machine number; numba knows which

# The first 128 bytes of the secret of XXH3, as little-endian numbers.
_SECRET: tuple[int, ...] = (
    0xBE4BA423396CFEB8,
    0x1CAD21F72C81017C,
    0xDB979083E96DD4DE,
    0x1F67B3B7A4A44072,
    0x78E5C0CC4EE679CB,
    0x2172FFCC7DD05A82,
    0x8E2443F7744608B8,
    0x4C263A81E69035E0,
    0xCB00C391BB52283C,
    0xA32E531B8B65D088,
    0x4EF90DA297486471,
    0xD8ACDEA946EF1938,
    0x3F349CE33F76FAA8,
    0x1D4F0BC7C7BBDCF9,
    0x3159B4CD4BE0518A,
    0x647378D9C97E9FC8,
)
_S = np.array(_SECRET, dtype=np.uint64)
_FLIP_3 = np.uint64((_SECRET[0] & 0xFFFFFFFF) ^ (_SECRET[0] >> 32))
_FLIP_8 = np.uint64(_SECRET[1] ^ _SECRET[2])
_FLIP_LOW, _FLIP_HIGH = np.uint64(_SECRET[3] ^ _SECRET[4]), np.uint64(_SECRET[5] ^ _SECRET[6])
_PRIME_1, _PRIME_2, _PRIME_3 = (np.uint64(p) for p in (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_MIX_8, _MIX = np.uint64(0x9FB21C651E98DF25), np.uint64(0x165667919E3779F9)
LONGEST = 128  # bytes of a normal form; XXH3 goes on differently beyond, and no word is that long
_U = np.uint64
_LOW = np.uint64(0xFFFFFFFF)


@inner
def _folded_product(a: Number, b: Number) -> Number:
    """The two halves of the 128-bit product of two numbers, one laid over the other."""
    a_low, a_high, b_low, b_high = a & _LOW, a >> _U(32), b & _LOW, b >> _U(32)
    low = a_low * b_low
    cross = (low >> _U(32)) + (a_high * b_low & _LOW) + a_low * b_high
    high = (a_high * b_low >> _U(32)) + (cross >> _U(32)) + a_high * b_high
    return (a * b) ^ high


@inner
def _avalanche(hashed: Number) -> Number:
    hashed = (hashed ^ hashed >> _U(37)) * _MIX
    return hashed ^ hashed >> _U(32)


@inner
def xxh3_to_8(first: Number, size: Number) -> Number:
    """XXH3-64 (seed 0) of 1 to 8 bytes in one number, lowest byte first, zeros behind the last."""
    # both ways are gone, without a branch: how long the next word is cannot be foretold
    long = (((first >> _U(8 * (size - 4) & 63)) & _LOW) + (first << _U(32))) ^ _FLIP_8
    long ^= (long << _U(49) | long >> _U(15)) ^ (long << _U(24) | long >> _U(40))
    long *= _MIX_8
    long = (long ^ ((long >> _U(35)) + _U(size))) * _MIX_8
    last, middle = first >> _U(8 * (size - 1) & 63), (first >> _U(8 * (size >> 1) & 63)) & _U(255)
    short = ((first & _U(255)) << _U(16) | middle << _U(24) | last | _U(size << 8)) ^ _FLIP_3
    short = (short ^ (short >> _U(33))) * _PRIME_2
    short = (short ^ (short >> _U(29))) * _PRIME_3
    return long ^ (long >> _U(28)) if size > 3 else short ^ (short >> _U(32))


@inner
def xxh3_to_16(first: Number, last: Number, size: Number) -> Number:
    """XXH3-64 of 9 to 16 bytes: the first eight and the last eight."""
    low, high = first ^ _FLIP_LOW, last ^ _FLIP_HIGH
    swapped = (low & _U(0x00FF00FF00FF00FF)) << _U(8) | (low >> _U(8)) & _U(0x00FF00FF00FF00FF)
    swapped = (swapped & _U(0x0000FFFF0000FFFF)) << _U(16) | (swapped >> _U(16)) & _U(0x0000FFFF0000FFFF)
    swapped = swapped << _U(32) | swapped >> _U(32)
    return _avalanche(_U(size) + swapped + high + _folded_product(low, high))


@inner
def eight_at(numbers: Unsigned, at: Number) -> Number:
    """Eight bytes from any byte on."""
    low, shift = numbers[at >> 3], _U((at & 7) * 8)
    return low >> shift | (numbers[(at >> 3) + 1] << _U(1)) << (_U(63) - shift)


@inner
def xxh3(form: Unsigned, size: Number) -> Number:
    """XXH3-64 of 1 to 128 bytes in numbers, lowest byte first, zeros behind the last."""
    if size <= 8:
        return xxh3_to_8(form[0], size)
    if size <= 16:
        return xxh3_to_16(form[0], eight_at(form, size - 8), size)
    hashed = _U(size) * _PRIME_1
    for pair in range((size - 1) // 32 + 1):
        for at, secret in ((16 * pair, 4 * pair), (size - 16 * (pair + 1), 4 * pair + 2)):
            hashed += _folded_product(eight_at(form, at) ^ _S[secret], eight_at(form, at + 8) ^ _S[secret + 1])
    return _avalanche(hashed)
