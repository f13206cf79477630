// markup.hpp — writing HTML that is balanced and escaped by construction.
//
//   markup m;
//   m.open("p", {{"class", "who"}}).text("王 & 李").close();
//   std::move(m).take();          // <p class="who">王 &amp; 李</p>
//
// What is written is XML too: every element is closed, every attribute quoted. Text is escaped
// unless it is said to be markup, with raw(). An attribute without a value is left out.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banli::detail {

class markup {
 public:
  using attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// Opens an element; the name must live as long as this (it is a literal).
  markup& open(std::string_view name, attributes with = {});
  /// Closes the innermost one.
  markup& close();
  markup& text(std::string_view words);
  /// Markup that is already escaped and balanced.
  markup& raw(std::string_view trusted);
  /// An element with nothing but text in it.
  markup& leaf(std::string_view name, attributes with, std::string_view words);
  markup& leaf(std::string_view name, std::string_view words) { return leaf(name, {}, words); }
  /// An element that has no content in HTML: meta, br, col.
  markup& hollow(std::string_view name, attributes with = {});
  /// Everything, with what is still open closed.
  std::string take() &&;

 private:
  void begin(std::string_view name, attributes with);

  std::string out_;
  std::vector<std::string_view> open_;
};

} // namespace banli::detail
