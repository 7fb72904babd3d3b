# torch.nn.utils.rnn: sequences of several lengths in one tensor.
import torch


def pad_sequence(sequences, batch_first=False, padding_value=0.0):
    if not isinstance(sequences, (list, tuple)):
        sequences = list(sequences)
    length = max(len(s) for s in sequences)
    rows = [torch.cat([s, torch.full((length - len(s), *s.shape[1:]), padding_value, dtype=s.dtype)]) if len(s) < length else s for s in sequences]
    return torch.stack(rows, 0 if batch_first else 1)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    return [row[:int(length)] for row, length in zip(padded_sequences, lengths)]
