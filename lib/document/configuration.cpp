#include <banli/document/configuration.hpp>

#include <algorithm>

#include "document/assembly.hpp"
#include "document/folder.hpp"

namespace banli {
namespace detail {
namespace {

/// Reads files one after the other, so that no more than one is in memory twice.
class reader {
 public:
  explicit reader(const document_limits& limits) : limits_(limits) {}

  void add(const std::string& file, std::string_view bytes) {
    files_.push_back(file);
    documents_.add(file, bytes);
  }

  void add(error e) {
    documents_.complete = false;
    found_.add(std::move(e));
  }

  configuration finish() {
    configuration c = assembly{documents_, found_}.run();
    c.files = std::move(files_);
    c.found = found_.take();
    return c;
  }

 private:
  document_limits limits_;
  findings found_{limits_.problems};
  document_set documents_{limits_, found_};
  std::vector<std::string> files_;
};

error too_many_files(const std::string& file, const document_limits& limits) {
  return at(make_error(errc::limit_exceeded, "more than {} files", "文件超过 {} 个", limits.files),
            {file, 0, 0});
}

} // namespace
} // namespace detail

std::shared_ptr<const case_definition> find(const configuration& c, const item_id& id) {
  const auto it = std::find_if(c.definitions.begin(), c.definitions.end(),
                               [&](const auto& d) { return d->item.code == id; });
  return it == c.definitions.end() ? nullptr : *it;
}

std::shared_ptr<const case_definition> find_version(const configuration& c, std::string_view hash) {
  for (const auto* all : {&c.definitions, &c.former})
    for (const auto& d : *all)
      if (d->hash == hash) return d;
  return nullptr;
}

void keep_former(configuration& c, const configuration& earlier) {
  for (const auto* all : {&earlier.definitions, &earlier.former})
    for (const auto& d : *all)
      if (!find_version(c, d->hash)) c.former.push_back(d);
}

configuration parse_configuration(const std::vector<std::pair<std::string, std::string>>& files,
                                  const document_limits& limits) {
  std::vector<const std::pair<std::string, std::string>*> order;
  for (const auto& f : files) order.push_back(&f);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->first < b->first; });
  detail::reader r{limits};
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == limits.files) {
      r.add(detail::too_many_files(order[i]->first, limits));
      break;
    }
    r.add(order[i]->first, order[i]->second);
  }
  return r.finish();
}

configuration load_configuration(const std::string& path, const document_limits& limits) {
  detail::reader r{limits};
  detail::folder f = detail::list_folder(path, limits);
  for (error& e : f.problems) r.add(std::move(e));
  std::size_t left = limits.total_bytes;
  for (const std::string& file : f.files) {
    auto bytes = detail::read_file(file, limits, left);
    if (!bytes) {
      r.add(std::move(bytes.error()));
      continue;
    }
    left -= bytes->size();
    r.add(file, *bytes);
  }
  return r.finish();
}

} // namespace banli
