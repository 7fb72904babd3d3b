// Cycles of references: those that nobody holds are found while a program runs, and all are cut when it ends.
//
// Note [Cycles]
// Counting frees everything but cycles, and every cycle of Python objects passes through a container: a list, a dict (the
// namespaces of modules, classes and instances are dicts), a set, a tuple, a closure, a generator. So all containers are linked,
// and the end of a run clears each of them: that cuts every cycle, and counting does the rest. What outlives runs (the
// attributes of native types, the builtins) is taken off the list with make_permanent().
// While a program runs, dead cycles are looked for among the containers made since the last time (a closure kept in an attribute of the object
// that it closes over makes one: a training in Python classes would leave its whole graph behind in each round), and among all when these have grown by half.
// As in CPython: of each count it is asked who owns it (Container::tell). What is owned from outside the suspects is alive, and all that it
// reaches; the rest is cleared. Whatever does not tell (a frame's registers, a tensor's hooks, C++ code) is outside, so what is alive is never
// taken for dead. Parts (Container::Part: cells, bound methods, an instance's dict) are not linked: the search goes right through a part that nobody but its
// owner holds, and one that is shared is a suspect once a suspect owns it. An object with a __del__ is taken to be alive: a cycle through it waits for the
// end of the run.
#include "python/cycles.h"

#include <algorithm>

#include "python/function.h"

namespace nabla {
namespace {

constexpr std::int64_t kLeast = 50'000;  // containers that come before all are looked at

bool g_collecting = false;
std::int64_t g_old_known = 0;    // containers alive after all were looked at
std::int64_t g_old_since = 0;    // and those that grew old since

/// The search: suspects are numbered, and carry their number (from 1) in the upper bits of their tag while it goes on.
class Search final : Visitor {
 public:
  static constexpr unsigned kShift = 4;  // below: the classes' own flags
  static constexpr std::uint32_t kAlive = ~std::uint32_t{0};

  /// The room for the suspects is kept from one search to the next.
  Search() { suspects_.swap(g_room); }
  ~Search() {
    for (const Suspect& suspect : suspects_) suspect.object->tag &= (1u << kShift) - 1;
    suspects_.clear();
    if (suspects_.capacity() <= kMostRoom) suspects_.swap(g_room);
  }

  void suspect(Container& container) {
    add(container, container.refs);
    ++linked_;
  }

  /// The suspects that nobody holds, of those that tell: what does not is part of no cycle found here.
  std::vector<Ref<Container>> dead() {
    for (std::size_t i = 0; i < suspects_.size(); ++i) {  // they grow
      met_ = false;
      const bool tells = suspects_[i].object->tell(*this);
      suspects_[i].tells = tells;
      suspects_[i].leads_on = met_;
    }
    marking_ = true;
    for (std::size_t i = 0; i < suspects_.size(); ++i) {
      const Suspect& suspect = suspects_[i];
      if (suspect.outside == kAlive) continue;
      if (suspect.outside > 0 || suspect.object->refs == 0 || suspect.object->type->slots.finalize) mark(i);
      while (!alive_.empty()) {
        const std::size_t next = alive_.back();
        alive_.pop_back();
        suspects_[next].object->tell(*this);
      }
    }
    std::vector<Ref<Container>> found;
    for (std::size_t i = linked_; i-- > 0;) {  // the oldest first
      if (suspects_[i].outside != kAlive && suspects_[i].tells) found.emplace_back(suspects_[i].object);
    }
    return found;
  }

 private:
  struct Suspect {
    Container* object;
    std::uint32_t outside;  // counts that no suspect owns
    bool tells = false;
    bool leads_on = true;   // to other suspects
  };
  static constexpr std::size_t kMostRoom = 1 << 16;
  static inline std::vector<Suspect> g_room;

  std::vector<Suspect> suspects_;  // the linked ones first
  std::vector<std::size_t> alive_;
  std::size_t linked_ = 0;
  bool marking_ = false;
  bool met_ = false;  // a suspect, since it was set to false

  void add(Container& object, std::uint32_t outside) {
    suspects_.push_back({&object, outside});
    object.tag |= static_cast<std::uint32_t>(suspects_.size()) << kShift;
  }
  void mark(std::size_t i) {
    suspects_[i].outside = kAlive;
    if (suspects_[i].leads_on) alive_.push_back(i);
  }

  void visit(Object& object) override {
    const std::uint32_t number = object.tag >> kShift;
    if (number == 0) {
      if (marking_) return;
      add(static_cast<Container&>(object), object.refs - 1);
      met_ = true;
    } else if (!marking_) {
      --suspects_[number - 1].outside;
      met_ = true;
    } else if (suspects_[number - 1].outside != kAlive) {
      mark(number - 1);
    }
  }
};

}  // namespace

std::size_t collect_cycles(bool all) {
  if (g_collecting) return 0;
  g_collecting = true;
  std::vector<Ref<Container>> dead;
  std::int64_t looked_at = 0;
  all |= g_old_since > std::max(kLeast, g_old_known / 2);
  try {
    Search search;
    for (Container* one = containers.first; one && (all || one != containers.old); one = one->next_) {
      search.suspect(*one);
      ++looked_at;
    }
    dead = search.dead();
  } catch (...) {  // no memory for that
    new_containers = 0;
    g_collecting = false;
    throw;
  }
  containers.old = containers.first;
  const std::int64_t left = looked_at - static_cast<std::int64_t>(dead.size());
  g_old_known = all ? left : g_old_known;
  g_old_since = all ? 0 : g_old_since + left;
  const std::size_t count = dead.size();
  for (const Ref<Container>& container : dead) container->clear();
  dead.clear();
  new_containers = 0;
  g_collecting = false;
  return count;
}

void clear_containers() {
  std::vector<Ref<Container>> living;
  for (Container* container = containers.first; container; container = container->next_) living.emplace_back(container);
  for (Ref<Container>& container : living) container->clear();
  g_old_known = g_old_since = new_containers = 0;
}

bool List::tell(Visitor& visitor) {
  for (const Value& item : items) visitor(item);
  return true;
}
bool Tuple::tell(Visitor& visitor) {
  for (const Value& item : items) visitor(item);
  return true;
}
bool Function::tell(Visitor& visitor) {
  for (const Value& value : defaults) visitor(value);
  for (const Value& value : keyword_defaults) visitor(value);
  for (const Ref<Cell>& cell : closure) pass(cell.get(), visitor);
  visitor(attributes);
  return true;
}
/// It may still be called (by a __del__ at the end of a run), and then finds its variables without a value.
void Function::clear() {
  for (Ref<Cell>& cell : closure) {
    if (cell->refs > 1) cell = make<Cell>();
    else cell->value = Value();
  }
}
bool Dict::tell(Visitor& visitor) {
  for (const Entry& entry : entries) {
    visitor(entry.key);
    visitor(entry.value);
  }
  return true;
}
bool Set::tell(Visitor& visitor) {
  for (const Slot& slot : slots_) visitor(slot.key);
  pass(dict_.get(), visitor);
  return true;
}

}  // namespace nabla
