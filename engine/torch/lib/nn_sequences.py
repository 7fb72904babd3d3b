# torch.nn.utils.rnn: sequences of several lengths in one tensor, padded or packed.
from collections import namedtuple

import torch


class PackedSequence(namedtuple('PackedSequence', ['data', 'batch_sizes', 'sorted_indices', 'unsorted_indices'])):
    """The steps of all sequences, time by time; batch_sizes says how many sequences each time has."""

    def __new__(cls, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None):
        if unsorted_indices is None and sorted_indices is not None:
            unsorted_indices = invert_permutation(sorted_indices)
        if batch_sizes is None:
            data, batch_sizes = data
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def _with(self, data):
        return self if data is self.data else type(self)(data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)

    def to(self, *args, **kwargs):
        return self._with(self.data.to(*args, **kwargs))

    def cpu(self):
        return self

    def cuda(self, *args, **kwargs):
        return self._with(self.data.cuda(*args, **kwargs))

    def float(self):
        return self.to(torch.float)

    def double(self):
        return self.to(torch.double)

    def int(self):
        return self.to(torch.int)

    def long(self):
        return self.to(torch.long)

    @property
    def is_cuda(self):
        return self.data.is_cuda


def invert_permutation(permutation):
    if permutation is None:
        return None
    out = torch.empty_like(permutation)
    out.scatter_(0, permutation, torch.arange(0, permutation.numel()))
    return out


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    lengths = torch.as_tensor(lengths, dtype=torch.int64)
    order = None
    if not enforce_sorted:
        lengths, order = torch.sort(lengths, descending=True)
        input = input.index_select(0 if batch_first else 1, order)
    if batch_first:
        input = input.transpose(0, 1)
    counts = lengths.tolist()
    if len(counts) != input.size(1):
        raise RuntimeError(f'Expected `len(lengths)` to be equal to batch_size, but got {len(counts)} (batch_size={input.size(1)})')
    if any(count <= 0 for count in counts):
        raise RuntimeError("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")
    if any(a < b for a, b in zip(counts, counts[1:])):
        raise RuntimeError('`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` '
                           'to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.')
    sizes = [sum(count > time for count in counts) for time in range(counts[0])]
    data = torch.cat([input[time, :size] for time, size in enumerate(sizes)])
    return PackedSequence(data, torch.tensor(sizes), order, None)


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    sizes = sequence.batch_sizes.tolist()
    longest = len(sizes)
    if total_length is not None and total_length < longest:
        raise ValueError('Expected total_length to be at least the length of the longest sequence in input, but got '
                         f'total_length={total_length} and max sequence length being {longest}')
    data, rest = sequence.data, sequence.data.shape[1:]
    padded = data.new_full((total_length or longest, sizes[0], *rest), padding_value)
    begin = 0
    for end in range(1, longest + 1):  # from one length to the next in one piece
        count = sizes[begin]
        if end == longest or sizes[end] != count:
            part, data = data.split([count * (end - begin), len(data) - count * (end - begin)])
            padded[begin:end, :count] = part.view(end - begin, count, *rest)
            begin = end
    if batch_first:
        padded = padded.transpose(0, 1)
    lengths = torch.tensor([sum(size > i for size in sizes) for i in range(sizes[0])])
    if sequence.unsorted_indices is not None:
        padded = padded.index_select(0 if batch_first else 1, sequence.unsorted_indices)
        lengths = lengths[sequence.unsorted_indices]
    return padded, lengths


def pad_sequence(sequences, batch_first=False, padding_value=0.0):
    if not hasattr(sequences, '__iter__') and not isinstance(sequences, torch.Tensor):
        raise RuntimeError(f'pad_sequence: Expected iterable for input sequences, but got arg of type: {type(sequences)}')
    sequences = list(sequences)
    if not sequences:
        raise RuntimeError('received an empty list of sequences')
    for i, s in enumerate(sequences):
        if not isinstance(s, torch.Tensor):
            raise TypeError(f'expected Tensor as element {i} in argument 0, but got {type(s).__name__}')
    length = max(s.size(0) for s in sequences)
    sizes = (len(sequences), length) if batch_first else (length, len(sequences))
    out = torch.full((*sizes, *sequences[0].shape[1:]), padding_value, dtype=sequences[0].dtype)
    for i, s in enumerate(sequences):
        (out.select(0, i).narrow(0, 0, s.size(0)) if batch_first else out.narrow(0, 0, s.size(0)).select(1, i)).copy_(s)
    return out


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    return [row[:int(length)] for row, length in zip(padded_sequences, lengths)]


def pack_sequence(sequences, enforce_sorted=True):
    return pack_padded_sequence(pad_sequence(sequences), [len(s) for s in sequences], enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences):
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
