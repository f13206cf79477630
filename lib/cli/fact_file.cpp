#include "fact_file.hpp"

#include <banli/base/nearest.hpp>
#include <banli/expression/binding.hpp>

#include "value_json.hpp"

namespace banli {

namespace {

namespace json = boost::json;

class fact_reader {
 public:
  fact_reader(const std::string& file, const std::vector<const environment*>& words)
      : file_(file), words_(words) {}

  fact_file run(std::string_view text) {
    const auto read = read_json(text, file_);
    if (!read) {
      out_.found.push_back(read.error());
      return std::move(out_);
    }
    const json::value& whole = *read;
    if (const auto* o = whole.if_object())
      below({}, *o);
    else
      complain(make_error(errc::wrong_type, "the values should be an object", "取值应为一个对象"),
               {file_, 1, 1});
    return std::move(out_);
  }

 private:
  void complain(error e, place where) { out_.found.push_back(at(std::move(e), std::move(where))); }

  void below(const std::string& above, const json::object& o) {
    for (const auto& [key, j] : o) {
      const std::string name = (above.empty() ? "" : above + ".") + std::string{key};
      if (take(name, j)) continue;
      if (const auto* inner = j.if_object()) {
        below(name, *inner);
        continue;
      }
      std::vector<std::string> known;
      for (const environment* env : words_)
        for (const declared_field& f : env->fields()) known.push_back(f.path);
      complain(
          with_hint(make_error(errc::unknown_field, "nothing reads '{}'", "没有规则读取“{}”", name),
                    suggestion(name, known)),
          {file_, 0, 0});
    }
  }

  bool take(const std::string& name, const json::value& j) {
    for (const environment* env : words_) {
      const std::string path = env->canonical(name);
      const auto slot = env->slot(path);
      if (!slot) continue;
      bind(path, env->fields()[*slot].of, j);
      return true;
    }
    return false;
  }

  void bind(const std::string& path, const type& of, const json::value& j) {
    if (j.is_null()) return; // nobody has entered it
    auto v = fitted(value_of(j), of, path);
    if (!v) return complain(v.error(), {file_, 0, 0});
    out_.values.set(path, std::move(*v));
  }

  const std::string& file_;
  const std::vector<const environment*>& words_;
  fact_file out_;
};

} // namespace

fact_file read_facts(std::string_view text, const std::string& file,
                     const std::vector<const environment*>& words) {
  return fact_reader(file, words).run(text);
}

} // namespace banli
