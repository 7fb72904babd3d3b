// What a function that runs in a backward pass can ask about that pass.
#pragma once

namespace nabla {

struct Node;

/// Do all passes under way go to every leaf? Not one that goes to chosen inputs (autograd.grad, backward(inputs=...)): there a checkpoint can't tell what is needed.
bool passes_reach_all() noexcept;
/// The node whose backward runs, in anomaly mode; else null.
Node* node_under_way() noexcept;

}  // namespace nabla
