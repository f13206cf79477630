// xml_writer.hpp — indented XML, balanced and escaped by construction.
//
//   xml_writer x;
//   x.open("process").attribute("id", "p");
//   x.open("documentation").words("a < b").close();
//   x.close();                   // <process id="p">\n  <documentation>a &lt; b</documentation> …
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace banli::detail {

class xml_writer {
 public:
  /// Opens an element; the name must live as long as this (it is a literal).
  xml_writer& open(std::string_view name) {
    end_tag();
    if (!words_) out_.append(1, '\n').append(2 * open_.size(), ' ');
    out_.append("<").append(name);
    open_.push_back(name);
    in_tag_ = true;
    words_ = false;
    return *this;
  }

  /// An attribute of the element just opened.
  xml_writer& attribute(std::string_view name, std::string_view value) {
    out_.append(" ").append(name).append("=\"");
    escape(value, true);
    out_ += '"';
    return *this;
  }

  /// The same, left out where it is empty.
  xml_writer& given(std::string_view name, std::string_view value) {
    return value.empty() ? *this : attribute(name, value);
  }

  /// Text, which makes the element one without indentation.
  xml_writer& words(std::string_view text) {
    end_tag();
    words_ = true;
    escape(text, false);
    return *this;
  }

  xml_writer& close() {
    const std::string_view name = open_.back();
    open_.pop_back();
    if (in_tag_) {
      out_ += "/>";
    } else {
      if (!words_) out_.append(1, '\n').append(2 * open_.size(), ' ');
      out_.append("</").append(name).append(">");
    }
    in_tag_ = false;
    words_ = false;
    return *this;
  }

  xml_writer& leaf(std::string_view name, std::string_view text) {
    return open(name).words(text).close();
  }

  /// An attribute, with a blank before it, and a text, escaped: for a place in another document.
  static std::string written_attribute(std::string_view name, std::string_view value) {
    xml_writer x;
    x.attribute(name, value);
    return std::move(x.out_);
  }
  static std::string written_words(std::string_view text) {
    xml_writer x;
    x.words(text);
    return std::move(x.out_);
  }

  /// A whole document.
  std::string take() && {
    return R"(<?xml version="1.0" encoding="UTF-8"?>)" + std::move(*this).fragment() + '\n';
  }

  /// Elements for the inside of another document; they begin with a line break.
  std::string fragment() && {
    while (!open_.empty()) close();
    return std::move(out_);
  }

 private:
  void end_tag() {
    if (in_tag_) out_ += '>';
    in_tag_ = false;
  }

  /// Line breaks and tabs in attributes are kept only as references, carriage returns anywhere.
  void escape(std::string_view s, bool attribute) {
    for (const char c : s) {
      const bool blank = attribute && (c == '\n' || c == '\t');
      switch (c) {
      case '&': out_ += "&amp;"; break;
      case '<': out_ += "&lt;"; break;
      case '>': out_ += "&gt;"; break;
      case '"': out_ += attribute ? "&quot;" : "\""; break;
      case '\r': out_ += "&#13;"; break;
      default:
        if (blank)
          out_ += c == '\n' ? "&#10;" : "&#9;";
        else
          out_ += c;
      }
    }
  }

  std::string out_;
  std::vector<std::string_view> open_;
  bool in_tag_ = false;
  bool words_ = false;
};

} // namespace banli::detail
