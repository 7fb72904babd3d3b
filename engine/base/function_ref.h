// A function as an argument.
#pragma once
#include <utility>

namespace nabla {

/// Refers to what is called while the call it is given to lasts. Unlike std::function it brings no type information along, and keeps nothing.
template <class>
class FunctionRef;

template <class Result, class... Args>
class FunctionRef<Result(Args...)> {
 public:
  template <class Function>
  FunctionRef(const Function& function)  // not explicit: lambdas are written in place
      : function_(&function),
        call_([](const void* at, Args... args) -> Result { return (*static_cast<const Function*>(at))(std::forward<Args>(args)...); }) {}
  Result operator()(Args... args) const { return call_(function_, std::forward<Args>(args)...); }

 private:
  const void* function_;
  Result (*call_)(const void*, Args...);
};

}  // namespace nabla
