// The step of L-BFGS as a search that can be left and gone on with: it moves the parameters to where it wants the loss and its gradient to be
// known, and is told of them; so whoever evaluates the loss (the learner's closure, which Python calls) can stop in between.
#pragma once
#include <optional>
#include <vector>

#include "optim/measure.h"
#include "optim/optimizer.h"

namespace nabla {

/// What is kept from step to step, all parameters as one vector. Absent before the first step: direction and last gradient are null.
struct LbfgsState {
  std::int64_t evaluations = 0, iterations = 0;
  Tensor direction;
  Measure t;
  std::vector<Tensor> gradients, steps;       // the last changes of the gradient, and of the parameters with them
  std::vector<Measure> inverse;               // 1 / (y . s) of each
  Measure scale;                              // of the first guess of the inverse Hessian
  Tensor last_gradient;
  double last_loss = 0;
  std::vector<std::optional<Measure>> alphas; // room of the two loops
};

class LbfgsSearch {
 public:
  struct Settings {
    double lr, max_iter, max_eval, tolerance_grad, tolerance_change;
    std::size_t history;
    bool line_search;
    const double* options;  // as the definition has them, for who watches
  };
  LbfgsSearch(std::vector<Tensor> parameters, const Settings& settings, LbfgsState state);

  /// The loss where the step begins is known, and the parameters' gradients. Both give whether the search wants an evaluation more.
  bool begin(double loss);
  /// The loss and the gradients are known where it moved the parameters to.
  bool go_on(double loss);
  /// Its state; before the end only the counts are new.
  const LbfgsState& state() const { return state_; }
  /// Did it get beyond its first look (else the state stays as it was, but for the counts)?
  bool is_moved() const { return is_moved_; }

 private:
  /// A point of a line search.
  struct Point {
    Measure t;
    double loss;
    Tensor gradient;
    Measure slope;
  };
  enum class Phase { plain, bracket, zoom };

  bool iterate();
  void find_direction();
  bool after_move(int calls);
  bool finish();
  // the line search
  bool look(Measure t);
  Point found(double loss);
  bool bracket(const Point& point);
  bool begin_zoom(Point low, Point high);
  bool zoom();
  bool narrow(const Point& point);
  bool take(const Point& point);
  void sort_ends();
  Measure cubic_minimum(const Point& a, const Point& b, Measure low, Measure high) const;

  Tensor gathered() const;
  void move(Measure t);
  bool is_flat() const;
  Measure dot(const Tensor& a, const Tensor& b) const;
  Measure largest(const Tensor& x) const;
  Measure total(const Tensor& x) const;
  void remember_start();
  void tell_moves();

  std::vector<Tensor> parameters_;
  Settings settings_;
  LbfgsState state_;
  DType dtype_;
  Measure::Kind kind_;
  double loss_ = 0;
  Tensor gradient_;
  Measure slope_;
  int iteration_ = 0, evaluations_ = 0;
  bool is_moved_ = false;
  Phase phase_ = Phase::plain;
  // the line search
  std::vector<Tensor> origin_;
  Point start_, before_, ends_[2];
  Measure trial_, size_;
  int searches_ = 0, calls_ = 0, low_ = 0;
  bool is_first_ = false, is_stuck_ = false;
  /// What a watcher is told at the end: one for each iteration.
  struct Move {
    bool is_first;
    std::vector<Tensor> before, after;
    Tensor gradient, direction, last_direction;
    Measure t, last_t, total;
    std::int64_t last_evaluations, evaluations;
  };
  std::vector<Move> moves_;
};

}  // namespace nabla
