#include "interchange/bpmn_text.hpp"

#include <algorithm>

#include <banli/base/utf8.hpp>

namespace banli::detail {
namespace {

// One line may hold the whole file: columns are counted from the last of these marks.
constexpr std::size_t block = 256;

constexpr bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string lower(std::string_view s) {
  std::string out{s};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// The encoding an XML declaration names, in lower case.
std::string declared_encoding(std::string_view bytes) {
  std::string_view head = bytes.substr(0, 256);
  if (!head.starts_with("<?xml")) return {};
  head = head.substr(0, head.find("?>"));
  std::size_t at = head.find("encoding");
  if (at == std::string_view::npos) return {};
  at = head.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = head.find(head[at], at + 1);
  if (end == std::string_view::npos) return {};
  std::string name = lower(head.substr(at + 1, end - at - 1));
  for (char& c : name) // shown in a message
    if (static_cast<unsigned char>(c) >= 0x80 || static_cast<unsigned char>(c) < 0x20) c = '?';
  return name;
}

bool is_one_of(std::string_view s, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), s) != words.end();
}

/// U+FFFE and U+FFFF, which XML excludes, begin with EF BF.
bool in_xml(char32_t c) {
  return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r';
}

} // namespace

void bpmn_findings::add(error e) {
  if (list_.size() < most_)
    list_.push_back(std::move(e));
  else
    cut_ = true;
}

problems bpmn_findings::take() {
  std::stable_sort(list_.begin(), list_.end(),
                   [](const error& a, const error& b) { return a.where < b.where; });
  if (cut_)
    list_.push_back(make_error(errc::limit_exceeded, "there are more than {} problems",
                               "问题超过 {} 个", most_));
  return std::move(list_);
}

bpmn_text::bpmn_text(const std::string& file, std::string_view bytes, const bpmn_limits& limits,
                     bpmn_findings& found)
    : file_(file) {
  const std::size_t most = std::min(limits.bytes, std::size_t{1} << 31U);
  if (bytes.size() > most) {
    found.add(at(make_error(errc::limit_exceeded, "{} bytes, at most {} are read",
                            "文件有 {} 字节,最多读取 {} 字节", bytes.size(), most),
                 {file_, 0, 0}));
    damaged_ = true;
    index();
    return;
  }
  decode_bytes(bytes, found);
  clean(found);
}

void bpmn_text::decode_bytes(std::string_view bytes, bpmn_findings& found) {
  const auto starts = [&](std::string_view mark) { return bytes.starts_with(mark); };
  using namespace std::string_view_literals;
  if (starts("\xEF\xBB\xBF"sv)) bytes.remove_prefix(3);
  const bool wide = starts("\x00\x00\xFE\xFF"sv) || starts("\xFF\xFE\x00\x00"sv) ||
                    starts("\x00\x00\x00<"sv) || starts("<\x00\x00\x00"sv);
  if (!wide) {
    if (starts("\xFF\xFE"sv)) return from_utf16(bytes.substr(2), 0, found);
    if (starts("\xFE\xFF"sv)) return from_utf16(bytes.substr(2), 1, found);
    if (starts("<\0"sv)) return from_utf16(bytes, 0, found);
    if (starts("\0<"sv)) return from_utf16(bytes, 1, found);
  }
  const std::string name = wide ? "utf-32" : declared_encoding(bytes);
  if (is_one_of(name, {"iso-8859-1", "iso8859-1", "latin1", "windows-1252", "cp1252"}))
    return from_latin1(bytes);
  // A wrong declaration does no harm where the bytes are UTF-8 all the same.
  if (is_one_of(name, {"", "utf-8", "utf8", "us-ascii", "ascii"}) || (!wide && is_utf8(bytes))) {
    text_ = bytes;
    return;
  }
  found.add(at(make_error(errc::bad_encoding, "encoding '{}' is not read: save the file as UTF-8",
                          "不支持编码“{}”:请将文件另存为 UTF-8 编码", name),
               {file_, 1, 1}));
  damaged_ = true;
}

void bpmn_text::from_utf16(std::string_view bytes, unsigned low, bpmn_findings& found) {
  const auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(low == 0 ? b << 8U | a : a << 8U | b);
  };
  bool broken = bytes.size() % 2 != 0;
  text_.reserve(bytes.size());
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t c = unit(i);
    if (c >= 0xD800 && c < 0xE000) {
      const char32_t next = i + 3 < bytes.size() ? unit(i + 2) : 0;
      const bool pair = c < 0xDC00 && next >= 0xDC00 && next < 0xE000;
      broken = broken || !pair;
      c = pair ? 0x10000 + ((c - 0xD800) << 10U) + (next - 0xDC00) : U' ';
      if (pair) i += 2;
    }
    encode(c, text_);
  }
  if (!broken) return;
  damaged_ = true;
  found.add(at(make_error(errc::bad_encoding, "the UTF-16 of the file is broken",
                          "文件的 UTF-16 编码已损坏"),
               {file_, 1, 1}));
}

void bpmn_text::from_latin1(std::string_view bytes) {
  text_.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) encode(static_cast<unsigned char>(c), text_);
}

void bpmn_text::clean(bpmn_findings& found) {
  index();
  for (std::size_t i = 0; i < text_.size();) {
    const auto c = static_cast<unsigned char>(text_[i]);
    if (c >= 0x20 && c < 0x80) {
      ++i;
      continue;
    }
    const decoded d = decode(text_, i);
    if (d.size != 0 && in_xml(d.point)) {
      i += d.size;
      continue;
    }
    damaged_ = true;
    if (d.size == 0)
      found.add(at(make_error(errc::bad_utf8, "byte 0x{:02X} is no UTF-8: save the file as UTF-8",
                              "字节 0x{:02X} 不是 UTF-8:请将文件另存为 UTF-8 编码",
                              static_cast<unsigned>(c)),
                   where(i)));
    else
      found.add(at(make_error(errc::bad_xml, "XML has no character U+{:04X}",
                              "XML 中不允许字符 U+{:04X}", static_cast<unsigned>(d.point)),
                   where(i)));
    for (std::size_t n = std::max<std::size_t>(d.size, 1); n > 0; --n) text_[i++] = ' ';
  }
  if (damaged_) index();
}

void bpmn_text::index() {
  lines_.assign(1, 0);
  points_.clear();
  std::uint32_t points = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (i % block == 0) points_.push_back(points);
    points += continues(text_[i]) ? 0U : 1U;
    if (text_[i] == '\n') lines_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

place bpmn_text::where(std::size_t offset) const {
  if (text_.empty()) return {file_, 1, 1};
  offset = std::min(offset, text_.size() - 1);
  const auto points_before = [&](std::size_t end) {
    std::size_t n = points_[end / block];
    for (std::size_t i = end / block * block; i < end; ++i) n += continues(text_[i]) ? 0U : 1U;
    return n;
  };
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset);
  return {file_, static_cast<int>(after - lines_.begin()),
          static_cast<int>(points_before(offset) - points_before(*(after - 1))) + 1};
}

} // namespace banli::detail
