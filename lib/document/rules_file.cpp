#include <banli/document/rules_file.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <banli/engine/case_course.hpp>
#include <banli/engine/case_facts.hpp>

#include "document/rules_judge.hpp"
#include "document/single_files.hpp"

namespace banli {

using namespace detail;

namespace {

/// Reads files one after the other; those of other kinds are passed over when there are several.
class rules_reader {
 public:
  rules_reader(const rules_file_options& how, bool single)
      : how_(how), words_(how.words ? *how.words : fact_environment()), single_(single),
        found_(how.document.problems), set_(how_.document, found_) {}

  void add(const std::string& file, std::string_view bytes) {
    ++out_.files;
    if (is_table(file)) return add_table(file, bytes);
    // What is wrong with documents of other kinds is not ours to tell.
    findings own(how_.document.problems);
    document_set one(how_.document, own);
    one.add(file, bytes);
    if (!one.tables.empty()) return add_table(file, bytes);
    if (!one.rules.empty() || single_)
      set_.add(file, bytes);
    else if (!one.complete) // what cannot be read may have held rules
      found_.add(own.take());
    if (single_) check_kind(one, one.rules.size(), file, "rules", found_);
  }

  void add(error e) { found_.add(std::move(e)); }

  rules_file finish() {
    text_places places;
    if (!set_.rules.empty())
      out_.rules = judge_rules(set_.rules, words_, course_words(), places, found_,
                               how_.failing_tests ? rule_testing::run : rule_testing::left);
    out_.found = found_.take();
    return std::move(out_);
  }

 private:
  void add_table(const std::string& file, std::string_view bytes) {
    out_.tables.push_back(parse_table(file, bytes, words_, {how_.document, how_.table}));
    found_.add(out_.tables.back().found);
  }

  rules_file_options how_;
  environment words_;
  bool single_;
  findings found_;
  document_set set_;
  rules_file out_;
};

/// The tables of a folder: list_folder() gives documents only. Sorted by name.
std::vector<std::string> csv_files(const std::string& folder, std::size_t most) {
  std::vector<std::string> out;
  std::error_code failed;
  for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end;
       it.increment(failed)) {
    std::string name = it->path().string();
    if (is_table(name) && it->is_regular_file(failed) && out.size() < most) {
      if (auto bytes = read_file(name, {}, 1U << 24U); bytes && bytes->starts_with("rule,"))
        out.push_back(std::move(name));
    }
  }
  std::ranges::sort(out);
  return out;
}

} // namespace

rules_file parse_rules(const std::string& name, std::string_view content,
                       const rules_file_options& how) {
  rules_reader r(how, true);
  r.add(name, content);
  return r.finish();
}

rules_file load_rules(const std::string& path, const rules_file_options& how) {
  folder f = list_folder(path, how.document);
  const bool single = f.files == std::vector<std::string>{path};
  rules_reader r(how, single);
  for (error& e : f.problems) r.add(std::move(e));
  if (!single && f.problems.empty())
    for (std::string& csv : csv_files(path, how.document.files)) f.files.push_back(std::move(csv));
  for (const std::string& file : f.files) {
    auto bytes = read_file(file, how.document, how.document.file_bytes);
    if (bytes)
      r.add(file, *bytes);
    else
      r.add(std::move(bytes.error()));
  }
  return r.finish();
}

} // namespace banli
