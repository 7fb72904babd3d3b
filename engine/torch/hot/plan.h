// A plan: a recorded round of one loop, held against what the machine then did, and run in its place.
#pragma once
#include <memory>

#include "torch/hot/recorder.h"

namespace nabla::hot {

class Plan {
 public:
  /// Records the round that is about to begin. Throws GiveUp.
  Plan(Machine& machine, Frame& frame);
  /// Does the machine stand where the round that was recorded has just ended?
  bool is_due(const Machine& machine, const Frame& frame) const;
  /// Did the machine leave what the recording says?
  bool holds() const;
  /// Runs rounds, and leaves the state in which the last whole one began. Gives how many were whole.
  std::uint64_t run(std::int64_t& left);

 private:
  Value* place(const Variable& variable) const;
  TensorImpl* real(const SymTensor& x) const;
  bool same(const Sym& sym, const Value& value) const;
  bool same(std::uint32_t tensor, const TensorImpl* x) const;
  bool load();
  void store(std::uint64_t rounds);
  void flush(std::uint64_t rounds);

  Recorder recorder_;
  Frame& frame_;
  const nabla::Instruction* head_;
  std::uint64_t begun_;                 // the machine's clock
  std::vector<std::uint32_t> versions_;  // of the real tensors, in the order of Recorder::tensors
  std::vector<std::int64_t> steps_;      // of the optimizers
  std::vector<std::size_t> lengths_;     // of the lists
};

}  // namespace nabla::hot
