#include <banli/document/library_files.hpp>

#include <banli/document/item_file.hpp>

#include "document/file_names.hpp"
#include "document/yaml_writer.hpp"

namespace banli {

namespace {

using named_text = std::pair<std::string, std::string>;

/// Documents in the order in which they are written; the first error ends it.
class file_list {
 public:
  template <class T>
  void add(std::string name, std::string_view kind, const T& document) {
    if (failed_) return;
    detail::yaml_writer w;
    w.document(kind, document);
    auto text = w.take();
    if (text)
      files_.emplace_back(std::move(name), *std::move(text));
    else
      failed_ = std::move(text).error();
  }
  void fail(error e) { failed_ = std::move(e); }

  result<std::vector<named_text>> take() {
    if (failed_) return *std::move(failed_);
    return std::move(files_);
  }

 private:
  std::vector<named_text> files_;
  std::optional<error> failed_;
};

} // namespace

taken_library take_over(const configuration& c, const item_actor& actor, instant when,
                        day effective) {
  taken_library out;
  out.library.laws = c.laws;
  out.library.systems = c.systems;
  out.library.disclosure = c.disclosure;
  int order = 0;
  for (const catalogue_entry& e : c.catalogue)
    if (const auto taken = out.library.catalogue.add(e, {{}, ++order}, actor, when); !taken)
      out.found.push_back(at(taken.error(), {.file = e.id.text(), .line = 0, .column = 0}));
  for (const service_item& i : c.items)
    if (const auto taken = out.library.items.adopt(i, {}, actor, when, effective); !taken)
      out.found.push_back(at(taken.error(), {.file = i.code.text(), .line = 0, .column = 0}));
  return out;
}

result<std::vector<named_text>> save_library(const office_library& office, day on) {
  file_list out;
  for (const item_entry& e : office.items.entries()) {
    const item_version* v = office.items.as_of(e.number, on);
    if (v == nullptr) continue;
    if (!detail::is_file_name(v->item.code.text()))
      out.fail(detail::no_file_name(v->item.code));
    else
      out.add("items/" + v->item.code.text() + ".yaml", "item", v->item);
  }
  if (const auto entries = office.catalogue.in_order(); !entries.empty()) {
    detail::catalogue_document d;
    for (const listed_entry* e : entries) d.entries.push_back(e->entry);
    out.add("catalogue.yaml", "catalogue", d);
  }
  if (!office.laws.laws().empty())
    out.add("laws.yaml", "laws", detail::laws_document{office.laws.laws()});
  if (!office.systems.empty())
    out.add("systems.yaml", "systems", detail::systems_document{office.systems});
  const disclosure_book& book = office.disclosure;
  if (!book.duties.empty()) out.add("duties.yaml", "duties", detail::duties_document{book.duties});
  if (book.since != day{} || !book.publications.empty() || !book.events.empty())
    out.add("publications.yaml", "publications",
            detail::publications_document{book.since, book.publications, book.events});
  return out.take();
}

} // namespace banli
