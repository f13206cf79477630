#include <drawing/markup.hpp>

#include <banli/drawing/dossier.hpp>

namespace banli::detail {

void markup::begin(std::string_view name, attributes with) {
  out_ += '<';
  out_ += name;
  for (const auto& [key, value] : with) {
    if (value.empty()) continue;
    out_ += ' ';
    out_ += key;
    out_ += "=\"";
    out_ += html_escape(value);
    out_ += '"';
  }
}

markup& markup::open(std::string_view name, attributes with) {
  begin(name, with);
  out_ += '>';
  open_.push_back(name);
  return *this;
}

markup& markup::close() {
  if (open_.empty()) return *this;
  out_ += "</";
  out_ += open_.back();
  out_ += '>';
  open_.pop_back();
  return *this;
}

markup& markup::text(std::string_view words) {
  out_ += html_escape(words);
  return *this;
}

markup& markup::raw(std::string_view trusted) {
  out_ += trusted;
  return *this;
}

markup& markup::leaf(std::string_view name, attributes with, std::string_view words) {
  return open(name, with).text(words).close();
}

markup& markup::hollow(std::string_view name, attributes with) {
  begin(name, with);
  out_ += "/>";
  return *this;
}

std::string markup::take() && {
  while (!open_.empty()) close();
  return std::move(out_);
}

} // namespace banli::detail
