#include "document/catalogue.hpp"

namespace banli::detail {

void catalogue_pile::add(const located<catalogue_document>& document) {
  ++documents_;
  yaml_node node = document.node.find("entries").first();
  for (const catalogue_entry& e : document.value.entries) {
    text_places places;
    problems wrong = check(e, places.below(node, "kind"));
    places.settle(wrong);
    for (error& w : wrong)
      if (!found_.blamed(w.where)) found_.add(std::move(w));
    const bool fresh = numbers_.emplace(e.id, entries_.size()).second;
    if (!fresh && !e.id.empty())
      found_.add(at(make_error(errc::duplicate_id, "the entry '{}' is there twice", "目录“{}”重复",
                               e.id.text()),
                    node.find("id").where()));
    entries_.push_back(e);
    node = node.next();
  }
}

service_item catalogue_pile::completed(service_item item) const {
  if (item.catalogue.empty()) return item;
  const auto it = numbers_.find(item.catalogue);
  return it == numbers_.end() ? item : inherit(entries_[it->second], std::move(item));
}

std::vector<catalogue_id> catalogue_pile::ids() const {
  std::vector<catalogue_id> out;
  for (const catalogue_entry& e : entries_) out.push_back(e.id);
  return out;
}

} // namespace banli::detail
