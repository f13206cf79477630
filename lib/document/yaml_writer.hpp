// yaml_writer.hpp — definitions as YAML, in the one spelling that files are saved with.
//
//   yaml_writer w;
//   w.document("item", item);
//   w.take();                        // "kind: item\ncode: 62052400MZ-XK-0001\n…"
//
// It is the other visitor of describe.hpp, so what is written is what is read. A member that has
// the value it is born with is left out; the order is that of describe(). Texts are plain where no
// YAML reader can misunderstand them, literal blocks where they have lines, quoted elsewhere.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/time/text.hpp>

#include "document/describe.hpp"
#include "document/words.hpp"

namespace banli::detail {

/// Collects the members that describe() shows, in order.
class member_list {
 public:
  template <class T>
  void required(std::string_view, T& member) {
    members.push_back(&member);
  }
  template <class T>
  void optional(std::string_view, T& member) {
    members.push_back(&member);
  }
  template <class T>
  void always(std::string_view, T& member) {
    members.push_back(&member);
  }

  std::vector<const void*> members;
};

/// The members of a T as it is born; what equals them need not be written.
template <class T>
const std::vector<const void*>& members_at_birth() {
  struct birth {
    birth() {
      member_list all;
      describe(all, x);
      members = std::move(all.members);
    }
    T x{};
    std::vector<const void*> members;
  };
  static const birth b;
  return b.members;
}

/// Whether a member says what it was born with. Lists and optionals of what has no equality do so
/// when empty.
template <class T>
bool says_the_same(const T& a, const T& b) {
  return a == b;
}
template <class T>
bool says_the_same(const std::vector<T>& a, const std::vector<T>& b) {
  if constexpr (std::equality_comparable<T>)
    return a == b;
  else
    return a.empty() && b.empty();
}

template <class T>
bool says_the_same(const std::optional<T>& a, const std::optional<T>& b) {
  if constexpr (std::equality_comparable<T>)
    return a == b;
  else
    return !a && !b;
}

class yaml_writer {
 public:
  template <class T>
  void document(std::string_view kind, const T& x) {
    out_ += "kind: ";
    out_ += kind;
    out_ += '\n';
    members(x, 0);
  }

  /// The text so far. Errors: bad_utf8.
  result<std::string> take();

 private:
  /// Shows the members of one map; describe() calls it.
  class map_visitor {
   public:
    map_visitor(yaml_writer& w, std::size_t indent, const std::vector<const void*>& born)
        : w_(w), indent_(indent), born_(born) {}

    template <class T>
    void required(std::string_view key, const T& member) {
      ++next_;
      w_.entry(key, member, indent_);
      ++written;
    }
    template <class T>
    void always(std::string_view key, const T& member) {
      required(key, member);
    }
    template <class T>
    void optional(std::string_view key, const T& member) {
      if (says_the_same(member, *static_cast<const T*>(born_[next_])))
        ++next_;
      else
        required(key, member);
    }

    std::size_t written = 0;

   private:
    yaml_writer& w_;
    std::size_t indent_;
    const std::vector<const void*>& born_;
    std::size_t next_ = 0;
  };

  template <class T>
  std::size_t members(const T& x, std::size_t indent) {
    map_visitor v{*this, indent, members_at_birth<T>()};
    describe(v, const_cast<T&>(x)); // describe() serves readers, too; this visitor only looks
    return v.written;
  }

  template <class T>
  void entry(std::string_view key, const T& x, std::size_t indent) {
    begin_line(indent);
    out_ += key;
    out_ += ':';
    value(x, indent);
  }

  /// Spaces, unless a "- " has begun the line.
  void begin_line(std::size_t indent);
  /// A scalar that needs no thought, after its key or dash.
  void token(std::string_view s);

  // A value after "key:" or "-", with the line break that ends it. `indent` is that of the key.
  void value(const std::string& s, std::size_t indent);
  void value(bool b, std::size_t) { token(b ? "true" : "false"); }
  void value(int n, std::size_t) { token(fmt::format("{}", n)); }
  void value(double n, std::size_t) { token(fmt::format("{}", n)); }
  void value(const decimal& d, std::size_t) { token(to_string(d)); }
  void value(const time_limit& l, std::size_t indent) { value(to_text(l), indent); }
  void value(const duty& d, std::size_t indent) { value(to_text(d), indent); }
  void value(day d, std::size_t) { token(to_text(d)); }
  void value(const item_document& d, std::size_t indent) {
    if (d == item_document{d.name})
      value(d.name, indent);
    else
      map(d, indent);
  }
  void value(const text& t, std::size_t indent);
  void value(const table_cell& c, std::size_t indent) { value(c.source, indent); }
  void value(const rule_expression& e, std::size_t indent) { value(e.source, indent); }
  void value(const banli::value& v, std::size_t indent);
  void value(const std::vector<rule_binding>& all, std::size_t indent);
  template <class Tag>
  void value(const strong_id<Tag>& id, std::size_t indent) {
    value(id.text(), indent);
  }
  template <class T>
  void value(const std::optional<T>& x, std::size_t indent) {
    if (x) value(*x, indent);
  }
  template <class E>
    requires std::is_enum_v<E>
  void value(E e, std::size_t) {
    static const std::vector<word<E>> known = words(choice_of<E>{});
    for (const word<E>& w : known)
      if (w.value == e) return token(w.name);
  }
  template <class T>
  void value(const std::vector<T>& all, std::size_t indent) {
    if (all.empty()) return token("[]");
    out_ += '\n';
    for (const T& x : all) {
      out_.append(indent + 2, ' ');
      out_ += '-';
      after_dash_ = true;
      value(x, indent + 2);
      after_dash_ = false;
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void value(const T& x, std::size_t indent) {
    map(x, indent);
  }

  template <class T>
  void map(const T& x, std::size_t indent) {
    const std::size_t before = out_.size();
    out_ += after_dash_ ? " " : "\n";
    first_in_line_ = after_dash_;
    after_dash_ = false;
    if (members(x, indent + 2) > 0) return;
    first_in_line_ = false;
    out_.resize(before);
    token("{}");
  }

  std::string out_;
  bool after_dash_ = false;    // a list's "-" was written last
  bool first_in_line_ = false; // a map begins on the line of its "-"
};

} // namespace banli::detail
