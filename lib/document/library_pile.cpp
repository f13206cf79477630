#include "document/library_pile.hpp"

#include <algorithm>
#include <charconv>

#include "document/text_places.hpp"

namespace banli::detail {
namespace {

/// What a finding of the whole book stands for: a list, and a number in it.
struct counted_path {
  std::string_view list; ///< "publications"
  std::size_t number = 0;
  std::string_view rest; ///< "/column"
};

counted_path split(std::string_view path) {
  counted_path out;
  path.remove_prefix(1);
  const std::size_t slash = path.find('/');
  out.list = path.substr(0, slash);
  path.remove_prefix(slash + 1);
  const auto read = std::from_chars(path.data(), path.data() + path.size(), out.number);
  out.rest = path.substr(static_cast<std::size_t>(read.ptr - path.data()));
  return out;
}

} // namespace

void library_pile::add(const located<laws_document>& document) {
  ++law_documents_;
  laws_sound_ = laws_sound_ && document.sound;
  yaml_node node = document.node.find("laws").first();
  for (const law& l : document.value.laws) {
    if (document.sound)
      if (const auto added = laws_.add(l); !added)
        found_.add(banli::at(added.error(), where(node.find("id"), node)));
    node = node.next();
  }
}

void library_pile::add(const located<systems_document>& document) {
  ++system_documents_;
  systems_sound_ = systems_sound_ && document.sound;
  yaml_node node = document.node.find("systems").first();
  for (const business_system& s : document.value.systems) {
    if (document.sound && s.name.empty())
      found_.add(banli::at(make_error(errc::missing_field, "the system '{}' has no name",
                                      "业务系统“{}”缺少名称", s.id.text()),
                           where(node.find("name"), node)));
    const bool fresh = numbers_.emplace(s.id, systems_.size()).second;
    if (!fresh && !s.id.empty())
      found_.add(banli::at(make_error(errc::duplicate_id, "the system '{}' is there twice",
                                      "业务系统“{}”重复", s.id.text()),
                           node.find("id").where()));
    systems_.push_back(s);
    node = node.next();
  }
}

void library_pile::add_to(item_references& known) const {
  if (system_documents_ == 0 || !systems_sound_) return;
  known.systems.emplace();
  for (const business_system& s : systems_) known.systems->push_back(s.id);
}

void add_publications(const document_set& set, std::span<const service_item> items,
                      disclosure_book& book, findings& found) {
  if (set.publications.empty()) return;
  std::vector<std::size_t> publications; // how many the documents before and with each have
  std::vector<std::size_t> events;
  std::optional<day> since;
  bool sound = true;
  for (const auto& d : set.publications) {
    const publications_document& x = d.value;
    if (x.since) since = std::min(since.value_or(*x.since), *x.since);
    book.publications.insert(book.publications.end(), x.publications.begin(), x.publications.end());
    book.events.insert(book.events.end(), x.events.begin(), x.events.end());
    publications.push_back(book.publications.size());
    events.push_back(book.events.size());
    sound = sound && d.sound;
  }
  book.since = since.value_or(book.since);
  if (!sound || !set.complete) return;
  text_places places;
  const locator where = [&](std::string_view path) {
    const counted_path p = split(path);
    const auto& ends = p.list == "events" ? events : publications;
    const auto end = std::upper_bound(ends.begin(), ends.end(), p.number);
    const auto document = static_cast<std::size_t>(end - ends.begin());
    const std::size_t before = document == 0 ? 0 : ends[document - 1];
    return places.below(set.publications[document].node,
                        "kind")(fmt::format("/{}/{}{}", p.list, p.number - before, p.rest));
  };
  problems wrong = check(book, where);
  std::vector<item_id> codes;
  for (const service_item& i : items) codes.push_back(i.code);
  if (!codes.empty()) // a document of publications alone is judged by itself
    for (error& e : check_published_items(book, codes, where)) wrong.push_back(std::move(e));
  places.settle(wrong);
  found.add(std::move(wrong));
}

} // namespace banli::detail
