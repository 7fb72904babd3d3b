// list_ops: prints the list of operators as JSON: how each is called and where it is spelled. tests/fuzz draws its calls from it.
#include <cstdio>

#include "ops/opdef.h"
#include "runtime/json.h"

using namespace nabla;

namespace {

template <class List, class Text>
void member(Json& json, const char* name, const List& list, Text text) {
  json.key(name).begin_array();
  for (const auto& item : list) json.text(text(item));
  json.end_array();
}

}  // namespace

int main() {
  static constexpr struct {
    Spelling place;
    const char* name;
  } kPlaces[] = {{kTorch, "torch"}, {kMethod, "method"}, {kInPlace, "inPlace"}, {kFunctional, "functional"}, {kProperty, "property"}};
  init_ops();
  Json json;
  json.begin_array();
  for (const OpDef* def : all_ops()) {
    json.begin_object().member("name", def->name);
    member(json, "signatures", def->signatures, [](const Signature& s) { return s.text; });
    json.key("places").begin_array();
    for (const auto& [place, name] : kPlaces) {
      if (def->spellings & place) json.text(name);
    }
    json.end_array();
    member(json, "aliases", def->aliases, [](const char* s) { return s; });
    member(json, "samples", def->samples, [](const char* s) { return s; });
    json.member("sign", def->sign ? def->sign : "").member("numbers", def->numbers).member("factory", def->factory).member("draws", def->draws).member("view", def->view).end_object();
  }
  std::puts(json.end_array().take().c_str());
}
