#include <banli/document/item_file.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <set>

#include <banli/engine/material_need.hpp>

#include "document/catalogue.hpp"
#include "document/file_names.hpp"
#include "document/folder.hpp"
#include "document/library_pile.hpp"
#include "document/single_files.hpp"
#include "document/yaml_writer.hpp"

namespace banli {
namespace {

using namespace detail;

/// Reads items file after file. A tree is only kept while its item waits for its entry.
class item_reader {
 public:
  explicit item_reader(const document_limits& limits) : limits_(limits) {}

  void add(std::string file, std::string_view bytes) {
    auto set = std::make_unique<document_set>(limits_, found_);
    set->add(file, bytes);
    files_.push_back(std::move(file));
    complete_ = complete_ && set->complete;
    for (const auto& c : set->catalogues) pile_.add(c);
    for (const auto& l : set->laws) library_.add(l);
    for (const auto& s : set->systems) library_.add(s);
    for (const auto& f : set->flowcharts) flows_.push_back(f.value.id);
    if (set->items.empty()) return;
    const catalogue_id& entry = set->items[0].value.catalogue;
    if (entry.empty() || known(entry))
      judge(set->items[0], files_.size() - 1);
    else
      waiting_.push_back({std::move(set), files_.size() - 1});
  }

  void add(error e) {
    complete_ = false;
    found_.add(std::move(e));
  }

  /// The bytes of a file, asked for again when an item in it turns out to be at odds with others.
  using source = std::function<std::optional<std::string>(const std::string& file)>;

  item_load finish(const source& again) {
    for (const waiting& w : waiting_) judge(w.set->items[0], w.file);
    between(again);
    return {std::move(items_),  pile_.entries(), library_.laws(),
            library_.systems(), files_.size(),   found_.take()};
  }

 private:
  struct waiting {
    std::unique_ptr<document_set> set;
    std::size_t file;
  };

  bool known(const catalogue_id& id) const { return pile_.knows(id); }

  void judge(located<service_item>& item, std::size_t file) {
    items_.push_back(pile_.completed(std::move(item.value)));
    origins_.push_back(file);
    text_places places;
    const locator where = places.below(item.node, "case_kind");
    problems wrong = check(items_.back(), where);
    for (error& e : compile_materials(items_.back(), where).problems) wrong.push_back(std::move(e));
    places.settle(wrong);
    for (error& e : wrong)
      if (!found_.blamed(e.where)) found_.add(std::move(e));
  }

  /// What is wrong between the items.
  void between(const source& again) {
    item_references known;
    if (!flows_.empty()) known.flows = flows_;
    if (pile_.any_documents()) known.entries = pile_.ids();
    library_.add_to(known);
    problems wrong = check(
        items_, known,
        [&](std::size_t i, std::string_view path) { return find_again(i, path, again); },
        limits_.problems);
    for (std::size_t i = 0; i < items_.size() && library_.any_laws(); ++i) {
      if (wrong.size() >= limits_.problems) break;
      for (error& e : check_basis_names(items_[i], library_.laws(), [&](std::string_view path) {
             return find_again(i, path, again);
           }))
        if (!found_.blamed(e.where)) wrong.push_back(std::move(e));
    }
    for (error& e : wrong)
      if (complete_ || e.code == errc::duplicate_code) found_.add(std::move(e));
  }

  place find_again(std::size_t item, std::string_view path, const source& again) {
    const std::string& file = files_[origins_[item]];
    if (const auto bytes = again(file)) {
      const yaml_document d = read_yaml(file, *bytes, limits_);
      text_places places;
      if (d.problems.empty() && d.tree->root()) {
        problems one{at({}, places.below(d.tree->root(), "case_kind")(path))};
        places.settle(one);
        return one[0].where;
      }
    }
    return {file, 0, 0};
  }

  document_limits limits_;
  findings found_{limits_.problems};
  catalogue_pile pile_{found_};
  library_pile library_{found_};
  bool complete_ = true;
  std::vector<std::string> files_;
  std::vector<service_item> items_;
  std::vector<std::size_t> origins_; // the file of each item
  std::vector<flowchart_id> flows_;
  std::vector<waiting> waiting_;
};

} // namespace

item_load load_items(const std::string& path, const document_limits& limits) {
  item_reader r{limits};
  folder f = list_folder(path, limits);
  for (error& e : f.problems) r.add(std::move(e));
  std::size_t left = limits.total_bytes;
  for (const std::string& file : f.files) {
    auto bytes = read_file(file, limits, left);
    if (!bytes) {
      r.add(std::move(bytes.error()));
      continue;
    }
    left -= bytes->size();
    r.add(file, *bytes);
  }
  return r.finish([&](const std::string& file) -> std::optional<std::string> {
    auto bytes = read_file(file, limits, limits.file_bytes);
    if (!bytes) return std::nullopt;
    return *std::move(bytes);
  });
}

item_load parse_items(const std::vector<std::pair<std::string, std::string>>& files,
                      const document_limits& limits) {
  item_reader r{limits};
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (i == limits.files) {
      r.add(
          at(make_error(errc::limit_exceeded, "more than {} files", "文件超过 {} 个", limits.files),
             {files[i].first, 0, 0}));
      break;
    }
    r.add(files[i].first, files[i].second);
  }
  return r.finish([&](const std::string& file) -> std::optional<std::string> {
    for (const auto& [name, text] : files)
      if (name == file) return text;
    return std::nullopt;
  });
}

result<service_item> parse_item(const std::string& file, std::string_view bytes) {
  const document_limits limits;
  findings found{limits.problems};
  document_set set{limits, found};
  set.add(file, bytes);
  check_kind(set, set.items.size(), file, "item", found);
  problems wrong = found.take();
  if (!wrong.empty()) return std::move(wrong.front());
  return std::move(set.items.front().value);
}

result<std::string> save(const service_item& item) {
  yaml_writer w;
  w.document("item", item);
  return w.take();
}

result<std::string> save(std::span<const catalogue_entry> entries) {
  yaml_writer w;
  w.document("catalogue", catalogue_document{{}, {entries.begin(), entries.end()}});
  return w.take();
}

result<std::vector<std::pair<std::string, std::string>>> save_items(const configuration& c) {
  std::vector<std::pair<std::string, std::string>> out;
  std::set<std::string> names;
  if (!c.catalogue.empty()) {
    auto text = save(std::span<const catalogue_entry>{c.catalogue});
    if (!text) return text.error();
    out.emplace_back("catalogue.yaml", *std::move(text));
  }
  for (const service_item& i : c.items) {
    const std::string& code = i.code.text();
    if (!is_file_name(code)) return no_file_name(i.code);
    if (!names.insert(code).second)
      return make_error(errc::duplicate_code, "the code '{}' is there twice", "编码“{}”重复", code);
    auto text = save(i);
    if (!text) return text.error();
    out.emplace_back("items/" + code + ".yaml", *std::move(text));
  }
  return out;
}

} // namespace banli
