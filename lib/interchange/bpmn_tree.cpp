#include "interchange/bpmn_tree.hpp"

#include <algorithm>
#include <array>

#include <banli/base/utf8.hpp>

namespace banli::detail {
namespace {

constexpr std::array<std::string_view, 2> model_uris{
    "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "http://schema.omg.org/spec/BPMN/2.0"}; // of the beta; some tools still write it
constexpr std::array<std::string_view, 3> diagram_uris{"http://www.omg.org/spec/BPMN/20100524/DI",
                                                       "http://www.omg.org/spec/DD/20100524/DC",
                                                       "http://www.omg.org/spec/DD/20100524/DI"};
// For documents that use a prefix without declaring it.
constexpr std::array<std::string_view, 5> model_prefixes{"bpmn", "bpmn2", "semantic", "model",
                                                         "omg"};
constexpr std::array<std::string_view, 5> diagram_prefixes{"bpmndi", "omgdi", "omgdc", "di", "dc"};

struct qualified {
  std::string_view prefix;
  std::string_view name;
};

qualified split(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

/// A reference such as &#xD800; gives what is no character.
bool is_text(std::string_view s) {
  for (const char c : s)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
  return is_utf8(s);
}

std::string cleaned(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t n = decode(s, i).size;
    const std::string_view one = s.substr(i, std::max<std::size_t>(n, 1));
    if (n != 0 && is_text(one))
      out += one;
    else
      out += "\xEF\xBF\xBD";
    i += one.size();
  }
  return out;
}

} // namespace

std::string_view beginning(std::string_view s, std::size_t bytes) {
  if (s.size() <= bytes) return s;
  while (bytes > 0 && (static_cast<unsigned char>(s[bytes]) & 0xC0U) == 0x80U) --bytes;
  return s.substr(0, bytes);
}

bpmn_tree::bpmn_tree(const bpmn_text& text, const bpmn_limits& limits, bpmn_findings& found)
    : text_(text), limits_(limits), buffer_(text.text()) {
  // Each element and attribute has its sign: what is too much is refused before it costs memory.
  const auto count = [&](char c) {
    return static_cast<std::size_t>(std::count(buffer_.begin(), buffer_.end(), c));
  };
  if (count('<') / 2 > limits.elements || count('=') / 8 > limits.elements) {
    report(found, nullptr,
           make_error(errc::limit_exceeded, "more than {} elements", "XML 元素超过 {} 个",
                      limits.elements));
    return;
  }
  constexpr unsigned how = pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata_single;
  const pugi::xml_parse_result read =
      document_.load_buffer_inplace(buffer_.data(), buffer_.size(), how, pugi::encoding_utf8);
  whole_ = bool{read};
  if (!whole_ && read.status != pugi::status_no_document_element)
    found.add(
        at(make_error(errc::bad_xml, "this is no XML: {}", "XML 格式错误:{}", read.description()),
           text_.where(static_cast<std::size_t>(std::max<std::ptrdiff_t>(read.offset, 0)))));
  flatten(found);
  if (all_.empty() || all_.front().space != xml_space::none || all_.front().name != "definitions")
    return;
  report(found, all_.front().node.name() - 1,
         make_error(errc::bad_xml, "the namespace of BPMN 2.0 is not declared",
                    "没有声明 BPMN 2.0 的命名空间"));
  for (xml_element& e : all_)
    if (e.space == xml_space::none) e.space = xml_space::model;
}

place bpmn_tree::where(const char* inside) const {
  const char* const begin = buffer_.data();
  const std::less<> before;
  if (inside == nullptr || before(inside, begin) || !before(inside, begin + buffer_.size()))
    return text_.where(0);
  return text_.where(static_cast<std::size_t>(inside - begin));
}

place bpmn_tree::where(std::uint32_t e) const {
  const char* const name = all_[e].node.name();
  return where(name == buffer_.data() ? name : name - 1); // the sign before it
}

void bpmn_tree::report(bpmn_findings& found, const char* inside, error e) const {
  found.add(at(std::move(e), where(inside)));
}

std::uint32_t bpmn_tree::child(std::uint32_t e, std::string_view name, xml_space space) const {
  for (std::uint32_t c = child(e); c != none; c = next(c))
    if (all_[c].space == space && all_[c].name == name) return c;
  return none;
}

std::string bpmn_tree::words(std::uint32_t e) const {
  std::string out;
  for (const pugi::xml_node n : all_[e].node.children())
    if (n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata) out += n.value();
  return is_text(out) ? out : cleaned(out);
}

void bpmn_tree::flatten(bpmn_findings& found) {
  std::size_t roots = 0;
  for (const pugi::xml_node n : document_.children()) {
    if (n.type() == pugi::node_doctype)
      report(
          found, n.value(),
          make_error(errc::bad_xml,
                     "a document type is not read: entities are not expanded, nothing is fetched",
                     "不读取文档类型声明(DTD):不展开实体,也不获取外部文件"));
    if (n.type() == pugi::node_element && ++roots == 2) {
      whole_ = false;
      report(found, n.name() - 1,
             make_error(errc::bad_xml, "a second root element", "存在第二个根元素"));
    }
  }
  pugi::xml_node n = document_.document_element();
  std::uint32_t parent = none;
  bool too_deep = false;
  while (n) {
    if (all_.size() >= limits_.elements) {
      whole_ = false;
      report(found, n.name() - 1,
             make_error(errc::limit_exceeded, "more than {} elements", "XML 元素超过 {} 个",
                        limits_.elements));
      break;
    }
    enter(n, parent, found);
    const auto self = static_cast<std::uint32_t>(all_.size() - 1);
    pugi::xml_node inner = n.first_child();
    while (inner && inner.type() != pugi::node_element) inner = inner.next_sibling();
    if (inner && bound_here_.size() >= limits_.depth) {
      if (!std::exchange(too_deep, true))
        report(found, inner.name() - 1,
               make_error(errc::limit_exceeded, "elements lie more than {} deep",
                          "XML 元素嵌套超过 {} 层", limits_.depth));
      whole_ = false;
      inner = {};
    }
    if (inner) {
      n = inner;
      parent = self;
      continue;
    }
    // Leave this one and all that end with it.
    for (std::uint32_t leaving = self;;) {
      all_[leaving].end = static_cast<std::uint32_t>(all_.size());
      bound_.resize(bound_.size() - bound_here_.back());
      bound_here_.pop_back();
      parent = all_[leaving].parent;
      if (parent == none) return;
      n = all_[leaving].node.next_sibling();
      while (n && n.type() != pugi::node_element) n = n.next_sibling();
      if (n) break;
      leaving = parent;
    }
  }
  for (std::uint32_t e = parent; e != none; e = all_[e].parent) // broken off
    all_[e].end = static_cast<std::uint32_t>(all_.size());
}

void bpmn_tree::enter(pugi::xml_node n, std::uint32_t parent, bpmn_findings& found) {
  const auto self = static_cast<std::uint32_t>(all_.size());
  all_.push_back({n, {}, xml_space::other, 0, parent, self + 1});
  const std::size_t before = bound_.size();
  bound_here_.push_back(0);
  for (const pugi::xml_attribute a : n.attributes()) {
    const qualified q = split(a.name());
    if (q.prefix == "xmlns")
      declare(q.name, a.value(), self, found);
    else if (q.prefix.empty() && q.name == "xmlns")
      declare({}, a.value(), self, found);
  }
  bound_here_.back() = bound_.size() - before;
  const qualified q = split(n.name());
  const binding b = resolve(q.prefix, self, found);
  all_[self].name = q.name;
  all_[self].space = b.space;
  all_[self].space_number = b.number;
  if (parent != none && b.space == xml_space::other && all_[parent].space == xml_space::model)
    use(b, self);
  attributes(n, self, found);
}

void bpmn_tree::declare(std::string_view prefix, std::string_view uri, std::uint32_t e,
                        bpmn_findings& found) {
  if (bound_.size() >= limits_.namespaces) {
    if (whole_)
      report(found, all_[e].node.name() - 1,
             make_error(errc::limit_exceeded, "more than {} namespaces", "命名空间超过 {} 个",
                        limits_.namespaces));
    whole_ = false;
    return;
  }
  if (among(model_uris, uri)) return bound_.push_back({prefix, xml_space::model, 0});
  if (among(diagram_uris, uri)) return bound_.push_back({prefix, xml_space::diagram, 0});
  if (uri == bpmn_namespace) return bound_.push_back({prefix, xml_space::own, 0});
  if (uri.empty()) return bound_.push_back({prefix, xml_space::none, 0});
  const auto [it, fresh] =
      other_numbers_.try_emplace(uri, static_cast<std::uint32_t>(others_.size()));
  if (fresh) others_.push_back({is_text(uri) ? std::string{uri} : cleaned(uri), 0, none});
  bound_.push_back({prefix, xml_space::other, it->second});
}

bpmn_tree::binding bpmn_tree::resolve(std::string_view prefix, std::uint32_t e,
                                      bpmn_findings& found) {
  for (std::size_t i = bound_.size(); i-- > 0;)
    if (bound_[i].prefix == prefix) return bound_[i];
  // Nobody declared it: an unprefixed document may have forgotten all namespaces.
  if (prefix.empty()) return {{}, xml_space::none, 0};
  if (unbound_.size() < 100 && !among(unbound_, prefix)) {
    unbound_.push_back(prefix);
    report(found, all_[e].node.name() - 1,
           make_error(errc::bad_xml, "no namespace is declared for the prefix '{}'",
                      "前缀“{}”没有声明命名空间", prefix));
  }
  if (among(model_prefixes, prefix)) return {prefix, xml_space::model, 0};
  if (among(diagram_prefixes, prefix)) return {prefix, xml_space::diagram, 0};
  if (others_.empty()) others_.push_back({std::string{prefix}, 0, none});
  return {prefix, xml_space::other, 0};
}

void bpmn_tree::attributes(pugi::xml_node n, std::uint32_t e, bpmn_findings& found) {
  std::vector<std::string_view> names;
  for (pugi::xml_attribute a : n.attributes()) {
    const std::string_view value = a.value();
    names.emplace_back(a.name());
    if (value.size() > limits_.attribute_bytes) {
      report(found, a.name(),
             make_error(errc::limit_exceeded, "attribute '{}' has {} bytes, at most {} are read",
                        "属性“{}”有 {} 字节,最多读取 {} 字节", beginning(names.back()),
                        value.size(), limits_.attribute_bytes));
      a.set_value("");
    } else if (!is_text(value)) {
      whole_ = false;
      report(found, a.name(),
             make_error(errc::bad_xml, "attribute '{}' refers to what is no character",
                        "属性“{}”引用了无效字符", beginning(names.back())));
      a.set_value(cleaned(value).c_str());
    }
    const qualified q = split(names.back());
    if (q.prefix.empty() || q.prefix == "xmlns" || q.prefix == "xml" || q.prefix == "xsi") continue;
    if (all_[e].space == xml_space::model)
      if (const binding b = resolve(q.prefix, e, found); b.space == xml_space::other) use(b, e);
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end()) return;
  whole_ = false;
  report(found, n.name() - 1,
         make_error(errc::bad_xml, "attribute '{}' is there twice", "属性“{}”重复",
                    beginning(*twice)));
}

void bpmn_tree::use(const binding& b, std::uint32_t e) {
  foreign& o = others_[b.number];
  ++o.uses;
  if (o.first == none) o.first = e;
}

} // namespace banli::detail
