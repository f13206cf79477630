#include "document/yaml_reader.hpp"

#include <array>
#include <istream>
#include <optional>
#include <streambuf>
#include <unordered_set>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace banli::detail {

/// Thrown through yaml-cpp to end the reading; never leaves this file.
struct reading_ended {
  error why;
};

/// Builds the tree from yaml-cpp's events and refuses what we do not take.
class yaml_builder final : public YAML::EventHandler {
 public:
  yaml_builder(yaml_tree& tree, const document_limits& limits, problems& found)
      : tree_(tree), limits_(limits), found_(found) {}

  void OnDocumentStart(const YAML::Mark& m) override {
    if (++documents_ == 1) return;
    if (source().substr(offset(m)).starts_with("---"))
      end(m, make_error(errc::bad_yaml, "a second document: one file holds one",
                        "出现第二个文档:一个文件只能有一个文档"));
    end(m, make_error(errc::bad_yaml, "this does not belong to the document before it",
                      "此处内容不属于前面的文档"));
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& m, YAML::anchor_t) override {
    if (key_expected()) refuse_key(m);
    std::size_t at = offset(m);
    const std::string_view rest = source().substr(at);
    if (!rest.starts_with('~') && !rest.starts_with("null") && !rest.starts_with("Null") &&
        !rest.starts_with("NULL")) // nothing was written: yaml-cpp points at what comes next
      while (at > 0 && (source()[at - 1] == ' ' || source()[at - 1] == '\n')) --at;
    add(yaml_kind::null, at, m);
  }

  void OnAlias(const YAML::Mark& m, YAML::anchor_t) override {
    end(m, make_error(errc::bad_yaml, "aliases (*name) are not read: write the value out",
                      "不支持别名(*name):请直接写出内容"));
  }
  void OnAnchor(const YAML::Mark& m, const std::string&) override {
    end(m,
        make_error(errc::bad_yaml, "anchors (&name) are not read: write the value where it is used",
                   "不支持锚点(&name):请在使用处直接写出内容"));
  }

  void OnScalar(const YAML::Mark& m, const std::string&, YAML::anchor_t,
                const std::string& text) override {
    refuse_tag(m);
    refuse_unclosed(m);
    if (key_expected()) return take_key(m, text);
    const std::size_t at = offset(m);
    const std::uint32_t index = add(yaml_kind::scalar, at, m);
    const char opening = at < source().size() ? source()[at] : ' ';
    const bool quoted = opening == '"' || opening == '\'';
    tree_.records_[index].text = keep(at + (quoted ? 1 : 0), text);
    tree_.records_[index].plain = !quoted && opening != '|' && opening != '>';
  }

  void OnSequenceStart(const YAML::Mark& m, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(yaml_kind::list, m);
  }
  void OnMapStart(const YAML::Mark& m, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(yaml_kind::map, m);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct container {
    std::uint32_t index = 0;
    std::uint32_t last = 0; // its newest child; 0: none
    bool has_key = false;
    bool key_twice = false; // the value belongs to a key that was there before
    std::string_view key;
    std::uint32_t key_at = 0;
    std::unordered_set<std::string_view> keys;
  };

  std::string_view source() const { return tree_.source_.text(); }

  std::size_t offset(const YAML::Mark& m) const {
    return std::min(m.pos < 0 ? 0 : static_cast<std::size_t>(m.pos), source().size());
  }

  [[noreturn]] void end(const YAML::Mark& m, error why) const {
    throw reading_ended{at(std::move(why), tree_.source_.where(offset(m)))};
  }

  bool key_expected() const {
    return !open_.empty() && tree_.records_[open_.back().index].kind == yaml_kind::map &&
           !open_.back().has_key;
  }

  [[noreturn]] void refuse_key(const YAML::Mark& m) const {
    end(m, make_error(errc::bad_yaml, "a key must be a word", "键必须是文字"));
  }

  void refuse_tag(const YAML::Mark& m) const {
    if (source().substr(offset(m)).starts_with('!'))
      end(m, make_error(errc::bad_yaml,
                        "tags (!name) are not read: quote the text or leave the tag out",
                        "不支持标签(!name):请加引号或去掉标签"));
  }

  /// yaml-cpp takes a quoted text that is not closed for closed if a line break ends the file, and
  /// the rest of the file with it.
  void refuse_unclosed(const YAML::Mark& m) const {
    const std::string_view rest = source().substr(offset(m));
    if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) return;
    for (std::size_t i = 1; i < rest.size(); ++i) {
      const bool pair = rest[0] == '"' ? rest[i] == '\\' : rest.substr(i).starts_with("''");
      if (pair)
        ++i;
      else if (rest[i] == rest[0])
        return;
    }
    end(m, make_error(errc::bad_yaml, "a quoted text is not closed", "引号没有配对"));
  }

  /// The text as it stands in the file, or a copy where YAML changed it.
  std::string_view keep(std::size_t at, const std::string& text) {
    const std::string_view there = source().substr(std::min(at, source().size()), text.size());
    if (there == text) return there;
    return tree_.made_.emplace_back(text);
  }

  void take_key(const YAML::Mark& m, const std::string& text) {
    container& c = open_.back();
    const std::size_t at = offset(m);
    const bool quoted = at < source().size() && (source()[at] == '"' || source()[at] == '\'');
    c.key = keep(at + (quoted ? 1 : 0), text);
    c.key_at = static_cast<std::uint32_t>(at);
    c.has_key = true;
    c.key_twice = !c.keys.insert(c.key).second;
    if (c.key_twice && found_.size() < limits_.problems)
      found_.push_back(banli::at(
          make_error(errc::duplicate_key, "the key '{}' is there twice", "键“{}”重复", c.key),
          tree_.source_.where(at)));
  }

  std::uint32_t add(yaml_kind kind, std::size_t at, const YAML::Mark& m) {
    if (tree_.records_.size() >= limits_.nodes)
      end(m, make_error(errc::limit_exceeded, "more than {} values in one file",
                        "一个文件中的值超过 {} 个", limits_.nodes));
    const auto index = static_cast<std::uint32_t>(tree_.records_.size());
    yaml_tree::record& r = tree_.records_.emplace_back();
    r.kind = kind;
    r.at = static_cast<std::uint32_t>(at);
    if (!open_.empty()) link_to(open_.back(), index);
    return index;
  }

  void link_to(container& parent, std::uint32_t index) {
    yaml_tree::record& r = tree_.records_[index];
    r.key = parent.key;
    r.key_at = parent.has_key ? parent.key_at : r.at;
    parent.has_key = false;
    if (parent.key_twice) return; // reported; the first one stands
    yaml_tree::record& p = tree_.records_[parent.index];
    (parent.last == 0 ? p.first : tree_.records_[parent.last].next) = index;
    parent.last = index;
    ++p.size;
  }

  void open(yaml_kind kind, const YAML::Mark& m) {
    refuse_tag(m);
    if (key_expected()) refuse_key(m);
    if (open_.size() >= limits_.depth)
      end(m, make_error(errc::limit_exceeded, "nested deeper than {} levels", "嵌套超过 {} 层",
                        limits_.depth));
    container c;
    c.index = add(kind, offset(m), m);
    open_.push_back(std::move(c));
  }

  yaml_tree& tree_;
  const document_limits& limits_;
  problems& found_;
  std::vector<container> open_;
  int documents_ = 0;
};

namespace {

/// A stream over text that is there already; std::istringstream would copy it.
class text_buffer : public std::streambuf {
 public:
  explicit text_buffer(std::string_view s) {
    char* begin = const_cast<char*>(s.data()); // a get area is never written to
    setg(begin, begin, begin + s.size());
  }
};

struct yaml_words {
  std::string_view said;
  std::string_view en;
  std::string_view zh;
};

// What yaml-cpp says of the mistakes people make most, in words for them.
constexpr auto usual_mistakes = std::to_array<yaml_words>({
    {"illegal map value",
     "a ':' stands where no value can: quote the text, or check the indentation",
     "此处不应出现“:”:请给文字加引号,或检查缩进"},
    {"end of map not found", "the indentation does not match the lines before",
     "缩进与前面各行不一致"},
    {"end of sequence not found", "the indentation does not match the list before",
     "缩进与前面的列表不一致"},
    {"end of sequence flow not found", "a list '[' is not closed by ']'", "“[”没有对应的“]”"},
    {"end of map flow not found", "a map '{' is not closed by '}'", "“{”没有对应的“}”"},
    {"illegal EOF in scalar", "a quoted text is not closed", "引号没有配对"},
    {"illegal document indicator in scalar", "a quoted text is not closed", "引号没有配对"},
    {"illegal block entry", "a list entry '-' cannot stand here", "此处不应出现列表项“-”"},
    {"illegal map key", "a key cannot stand here", "此处不应出现键"},
    {"unknown token", "this character cannot start a value: quote the text",
     "值不能以此字符开头:请给文字加引号"},
    {"illegal flow end", "a closing bracket without an opening one", "多余的右括号"},
    {"the referenced anchor is not defined", "aliases (*name) are not read: write the value out",
     "不支持别名(*name):请直接写出内容"},
});

/// Whether a tab stands in the indentation of the line of an offset.
bool tab_indents(const source_text& source, std::size_t offset) {
  for (std::size_t i = source.line_start(offset); i < source.text().size(); ++i) {
    if (source.text()[i] == '\t') return true;
    if (source.text()[i] != ' ') return false;
  }
  return false;
}

error explained(const YAML::Exception& e, const source_text& source) {
  const std::size_t offset = e.mark.pos < 0 ? 0 : static_cast<std::size_t>(e.mark.pos);
  const place where = source.where(offset);
  if (tab_indents(source, std::min(offset, source.text().size())))
    return at(make_error(errc::bad_yaml, "a tab indents this line: use spaces",
                         "此行用制表符缩进:请改用空格"),
              where);
  for (const yaml_words& w : usual_mistakes)
    if (e.msg == w.said)
      return at({errc::bad_yaml, {std::string(w.en), std::string(w.zh)}, {}}, where);
  return at(make_error(errc::bad_yaml, "no YAML: {}", "不是合法的 YAML:{}", e.msg), where);
}

/// Runs yaml-cpp over the text. What ended it early, if anything did.
std::optional<error> parse(const source_text& source, yaml_builder& builder) {
  text_buffer buffer{source.text()};
  std::istream in{&buffer};
  try {
    YAML::Parser parser{in};
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const reading_ended& e) {
    return e.why;
  } catch (const YAML::Exception& e) {
    return explained(e, source);
  }
  return std::nullopt;
}

} // namespace

yaml_document read_yaml(std::string file, std::string_view bytes, const document_limits& limits,
                        yaml_way way) {
  yaml_document out;
  constexpr std::size_t most = 0xFFFF'FFFF; // offsets are kept in 32 bits
  if (bytes.size() > std::min(limits.file_bytes, most)) {
    out.problems.push_back(at(make_error(errc::limit_exceeded, "the file has more than {} bytes",
                                         "文件超过 {} 字节", limits.file_bytes),
                              {std::move(file), 0, 0}));
    return out;
  }
  const auto tree = std::make_shared<yaml_tree>(source_text{std::move(file), bytes});
  out.tree = tree;
  if (auto fault = tree->source().fault()) {
    out.problems.push_back(std::move(*fault));
    return out;
  }
  if (way == yaml_way::short_if_simple && read_simple_yaml(*tree, limits)) return out;
  yaml_builder builder{*tree, limits, out.problems};
  if (auto ended = parse(tree->source(), builder)) out.problems.push_back(std::move(*ended));
  return out;
}

} // namespace banli::detail
