#include <banli/document/calendar_file.hpp>

#include <filesystem>

#include "document/calendar_pile.hpp"
#include "document/calendar_table.hpp"
#include "document/single_files.hpp"

namespace banli {
namespace {

using namespace detail;

constexpr std::string_view days_ending = "_days.csv";
constexpr std::string_view papers_ending = "_papers.csv";

/// The file beside a table of days that names the notices of its years; empty if it can have none.
std::string papers_of(const std::string& file) {
  if (!file.ends_with(days_ending)) return {};
  return file.substr(0, file.size() - days_ending.size()) + std::string{papers_ending};
}

/// Reads the files of one calendar in their order.
class calendar_reader {
 public:
  explicit calendar_reader(const document_limits& limits) : limits_(limits) {}

  void add_official(const std::string& name) { pile_.add_official({name, 0, 0}); }

  void add_document(const std::string& file, std::string_view text) {
    auto& set = sets_.emplace_back(limits_, found_);
    set.add(file, text);
    check_kind(set, set.calendars.size() + set.overlays.size(), file, "calendar", found_);
    for (const auto& d : set.calendars) pile_.add(d);
    for (const auto& d : set.overlays) pile_.add(d);
    pile_.call(stem_of(file));
  }

  void add_sources(const std::string& file, std::string_view text) {
    sources_ = read_year_sources(file, text, limits_, found_);
  }

  void add_table(const std::string& file, std::string_view text) {
    read_notices(file, text, sources_, limits_, pile_, found_);
    sources_.clear();
    pile_.call(stem_of(file));
  }

  void add(error e) { found_.add(std::move(e)); }
  findings& found() { return found_; }

  calendar_file finish() {
    calendar_file out{pile_.take()};
    out.found = found_.take();
    return out;
  }

 private:
  document_limits limits_;
  findings found_{limits_.problems};
  calendar_pile pile_{found_};
  std::deque<document_set> sets_; ///< documents point into their trees
  year_sources sources_;
};

} // namespace

calendar_file parse_calendar(const std::vector<std::pair<std::string, std::string>>& files,
                             const document_limits& limits) {
  calendar_reader r{limits};
  const auto text_of = [&](const std::string& name) -> const std::string* {
    for (const auto& f : files)
      if (f.first == name) return &f.second;
    return nullptr;
  };
  for (const auto& [name, text] : files) {
    if (name == "cn") {
      r.add_official(name);
    } else if (!is_table(name)) {
      r.add_document(name, text);
    } else if (!name.ends_with(papers_ending)) {
      const std::string papers = papers_of(name);
      if (const std::string* p = text_of(papers)) r.add_sources(papers, *p);
      r.add_table(name, text);
    }
  }
  return r.finish();
}

calendar_file load_calendar(const std::vector<std::string>& paths, const document_limits& limits) {
  findings found{limits.problems};
  std::vector<named_text> files;
  for (const std::string& path : paths) {
    if (path == "cn") {
      files.emplace_back(path, "");
      continue;
    }
    std::error_code none;
    const std::string papers = papers_of(path);
    if (!papers.empty() && std::filesystem::exists(papers, none))
      if (auto text = read_one(papers, limits, found)) files.emplace_back(papers, *std::move(text));
    if (auto text = read_one(path, limits, found)) files.emplace_back(path, *std::move(text));
  }
  calendar_file out = parse_calendar(files, limits);
  found.add(std::move(out.found));
  out.found = found.take();
  return out;
}

overlay_file parse_overlay(const std::string& name, std::string_view content,
                           const document_limits& limits) {
  findings found{limits.problems};
  overlay_file out;
  if (is_table(name)) {
    out.top = read_overlay(name, content, limits, found);
  } else {
    document_set set{limits, found};
    set.add(name, content);
    check_kind(set, set.overlays.size(), name, "overlay", found);
    calendar_pile pile{found};
    for (const auto& d : set.overlays) pile.add(d);
    calendar_source s = pile.take();
    if (!s.overlays.empty()) out.top = std::move(s.overlays.front());
  }
  out.found = found.take();
  return out;
}

overlay_file load_overlay(const std::string& path, const document_limits& limits) {
  findings found{limits.problems};
  if (const auto text = read_one(path, limits, found)) return parse_overlay(path, *text, limits);
  return {{}, found.take()};
}

} // namespace banli
