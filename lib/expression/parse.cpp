#include "parse.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "lex.hpp"
#include "macros.hpp"
#include "tree_builder.hpp"

namespace banli::detail::cel {

namespace {

constexpr std::array reserved = std::to_array<std::string_view>(
    {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
     "package", "namespace", "return", "var", "void", "while"});

struct operator_sign {
  std::string_view sign;
  cel::op op;
};
constexpr operator_sign relations[] = {
    {"<", op::less},   {"<=", op::less_equal}, {">", op::greater}, {">=", op::greater_equal},
    {"==", op::equal}, {"!=", op::unequal},    {"in", op::in}};
constexpr operator_sign additions[] = {{"+", op::add}, {"-", op::subtract}};
constexpr operator_sign products[] = {{"*", op::multiply}, {"/", op::divide}, {"%", op::modulo}};

/// Recursive descent.
class parser {
 public:
  parser(std::string_view source, const expression_limits& limits, report& problems)
      : limits_(limits), tokens_(lex(source, problems)), tree_(limits, problems) {}

  syntax_tree run() {
    const node_index root = expression();
    // What is left over after an error follows from it; on its own it is one.
    if (here().kind != token_kind::end && !tree_.complained()) unexpected();
    return tree_.take(root);
  }

 private:
  // --- tokens

  /// Having given up, it stands at the end.
  const token& here() const { return tree_.gave_up() ? tokens_.back() : tokens_[at_]; }
  const token& ahead(std::size_t n) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
  bool is(std::string_view sign) const { return is_sign(here(), sign); }
  static bool is_sign(const token& t, std::string_view sign) {
    return t.kind == token_kind::sign && t.text == sign;
  }
  bool take(std::string_view sign) {
    if (!is(sign)) return false;
    ++at_;
    return true;
  }
  std::uint32_t last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].at.end; }

  // --- problems

  void complain(std::uint32_t offset, error e) { tree_.complain(offset, std::move(e)); }

  void unexpected() {
    const token& t = here();
    if (t.kind == token_kind::bad) return;
    if (t.kind == token_kind::end)
      return complain(t.at.begin, make_error(errc::syntax_error, "the expression ends too early",
                                             "表达式不完整"));
    complain(t.at.begin,
             make_error(errc::syntax_error, "unexpected {}", "此处不应出现 {}", shown(t)));
  }

  static std::string shown(const token& t) {
    switch (t.kind) {
    case token_kind::string: return quoted(t.text);
    case token_kind::bytes: return "bytes";
    case token_kind::integer:
    case token_kind::uinteger: return std::to_string(t.magnitude);
    case token_kind::real: return "number";
    default: return "'" + t.text + "'";
    }
  }

  void expect(std::string_view sign) {
    if (take(sign)) return;
    if (here().kind != token_kind::bad)
      complain(here().at.begin,
               make_error(errc::syntax_error, "expected '{}'", "此处应为“{}”", sign));
    synchronise();
    take(sign);
  }

  /// Skips to where a sub-expression could have ended.
  void synchronise() {
    int depth = 0;
    for (; here().kind != token_kind::end; ++at_) {
      if (here().kind != token_kind::sign) continue;
      const std::string& s = here().text;
      if (s == "(" || s == "[" || s == "{") ++depth;
      const bool closes = s == ")" || s == "]" || s == "}";
      if (depth == 0 && (closes || s == "," || s == "&&" || s == "||" || s == "?" || s == ":"))
        return;
      if (closes) --depth;
    }
  }

  // --- nodes

  node_index add(node n) { return tree_.add(std::move(n)); }

  node start(node_kind kind, std::uint32_t begin) const {
    node n;
    n.kind = kind;
    n.at = {begin, last_end()};
    return n;
  }

  std::uint32_t begin_of(node_index i) const { return tree_[i].at.begin; }

  node_index make_op(op o, span name_at, std::vector<node_index> args, std::uint32_t begin) {
    node n = start(node_kind::op, begin);
    n.op = o;
    n.name_at = name_at;
    n.args = std::move(args);
    return add(std::move(n));
  }

  // --- grammar

  node_index expression() {
    if (nesting_ >= limits_.depth) return tree_.give_up(here().at.begin, tree_.too_deep());
    ++nesting_;
    node_index result = logical_or();
    if (is("?")) {
      const span sign = here().at;
      ++at_;
      const std::uint32_t begin = begin_of(result);
      const node_index yes = logical_or();
      expect(":");
      const node_index no = expression();
      result = make_op(op::conditional, sign, {result, yes, no}, begin);
    }
    --nesting_;
    return result;
  }

  node_index logical_or() {
    return logical("||", op::logical_or, [this] { return logical_and(); });
  }
  node_index logical_and() {
    return logical("&&", op::logical_and, [this] { return relation(); });
  }

  template <class Next>
  node_index logical(std::string_view sign, op o, Next next) {
    const node_index first = next();
    if (!is(sign)) return first;
    const span at = here().at;
    const std::uint32_t begin = begin_of(first);
    std::vector<node_index> args{first};
    while (take(sign)) args.push_back(next());
    return make_op(o, at, std::move(args), begin);
  }

  template <class Next, std::size_t N>
  node_index chain(const operator_sign (&signs)[N], Next next) {
    node_index left = next();
    for (;;) {
      const token& t = here();
      const auto found = std::ranges::find_if(signs, [&](const operator_sign& s) {
        return t.text == s.sign &&
               (t.kind == token_kind::sign || (t.kind == token_kind::identifier && s.op == op::in));
      });
      if (found == std::end(signs)) return left;
      const span at = t.at;
      ++at_;
      const std::uint32_t begin = begin_of(left);
      const node_index right = next();
      left = make_op(found->op, at, {left, right}, begin);
    }
  }

  node_index relation() {
    return chain(relations, [this] { return addition(); });
  }
  node_index addition() {
    return chain(additions, [this] { return product(); });
  }
  node_index product() {
    return chain(products, [this] { return unary(); });
  }

  node_index unary() {
    std::vector<span> signs;
    const std::string sign = is("!") ? "!" : "-";
    while (is(sign)) {
      signs.push_back(here().at);
      ++at_;
    }
    const bool number = here().kind == token_kind::integer || here().kind == token_kind::real;
    if (sign == "-" && !signs.empty() && number) {
      negative_at_ = signs.back().begin;
      signs.pop_back();
    }
    node_index n = member();
    for (; !signs.empty(); signs.pop_back())
      n = make_op(sign == "!" ? op::logical_not : op::negate, signs.back(), {n},
                  signs.back().begin);
    return n;
  }

  node_index member() {
    node_index n = primary();
    for (;;) {
      if (is(".")) {
        ++at_;
        n = select(n);
      } else if (is("[")) {
        const span at = here().at;
        ++at_;
        const op o = take("?") ? op::optional_index : op::index;
        const node_index key = expression();
        expect("]");
        n = make_op(o, at, {n, key}, begin_of(n));
      } else {
        return n;
      }
    }
  }

  node_index select(node_index operand) {
    const bool optional = take("?");
    const token& t = here();
    const bool backquoted = t.kind == token_kind::backquoted;
    if ((t.kind != token_kind::identifier && !backquoted) || t.text == "in" || t.text == "true" ||
        t.text == "false" || t.text == "null") {
      if (t.kind != token_kind::bad)
        complain(t.at.begin,
                 make_error(errc::syntax_error, "expected the name of a field after '.'",
                            "“.”之后应为字段名"));
      synchronise();
      return operand;
    }
    ++at_;
    if (!backquoted && !optional && is("(")) return method(operand, t);
    node n = start(node_kind::select, begin_of(operand));
    n.optional = optional;
    n.name = t.text;
    n.name_at = t.at;
    n.args = {operand};
    return add(std::move(n));
  }

  node_index method(node_index operand, const token& name) {
    ++at_;
    const std::vector<node_index> args = arguments(")");
    return expand_method(tree_, {operand, name, {begin_of(operand), last_end()}}, args);
  }

  std::vector<node_index> arguments(std::string_view closing) {
    std::vector<node_index> args;
    while (!is(closing) && here().kind != token_kind::end) {
      const span mark = here().at;
      const bool optional = closing == "]" && take("?");
      const node_index given = expression();
      args.push_back(optional ? make_op(op::optional_element, mark, {given}, mark.begin) : given);
      if (!take(",")) break;
    }
    too_many(args.size());
    expect(closing);
    return args;
  }

  void too_many(std::size_t n) {
    if (n > limits_.list_size)
      complain(here().at.begin, make_error(errc::limit_exceeded, "more than {} elements",
                                           "超过 {} 个元素", limits_.list_size));
  }

  node_index primary() {
    const token& t = here();
    switch (t.kind) {
    case token_kind::integer:
    case token_kind::uinteger:
    case token_kind::real:
    case token_kind::string:
    case token_kind::bytes: return literal(t);
    case token_kind::identifier: return identifier();
    case token_kind::sign: break;
    case token_kind::bad: {
      ++at_;
      return add(start(node_kind::bad, t.at.begin));
    }
    default: return fail();
    }
    if (is("(")) return parenthesis();
    if (is("[")) return list();
    if (is("{")) return map();
    if (is(".") && ahead(1).kind == token_kind::identifier) return identifier();
    return fail();
  }

  node_index fail() {
    unexpected();
    synchronise();
    return add(start(node_kind::bad, here().at.begin));
  }

  node_index parenthesis() {
    const std::uint32_t begin = here().at.begin;
    ++at_;
    const node_index inner = expression();
    expect(")");
    tree_.enclose(inner, {begin, last_end()});
    return inner;
  }

  node_index list() {
    const std::uint32_t begin = here().at.begin;
    ++at_;
    std::vector<node_index> args = arguments("]");
    node n = start(node_kind::list, begin);
    n.args = std::move(args);
    return add(std::move(n));
  }

  node_index map() {
    const std::uint32_t begin = here().at.begin;
    ++at_;
    std::vector<node_index> args;
    while (!is("}") && here().kind != token_kind::end) {
      const span mark = here().at;
      const bool optional = take("?");
      args.push_back(expression());
      expect(":");
      const node_index given = expression();
      args.push_back(optional ? make_op(op::optional_element, mark, {given}, begin_of(given))
                              : given);
      if (!take(",")) break;
    }
    too_many(args.size() / 2);
    expect("}");
    node n = start(node_kind::map, begin);
    n.args = std::move(args);
    return add(std::move(n));
  }

  node_index literal(const token& t) {
    const auto negative = std::exchange(negative_at_, std::nullopt);
    ++at_;
    node n = start(node_kind::literal, negative ? *negative : t.at.begin);
    switch (t.kind) {
    case token_kind::integer:
      if (!negative && t.magnitude >> 63 != 0)
        complain(t.at.begin, make_error(errc::bad_value, "{} does not fit into 64 bits",
                                        "{} 超出 64 位整数的范围", t.magnitude));
      n.held = static_cast<std::int64_t>(negative ? 0 - t.magnitude : t.magnitude);
      break;
    case token_kind::uinteger: n.held = t.magnitude; break;
    case token_kind::real: n.held = negative ? -t.number : t.number; break;
    case token_kind::bytes: n.held = value::bytes(t.text); break;
    default: n.held = t.text;
    }
    return add(std::move(n));
  }

  node_index identifier() {
    const std::uint32_t begin = here().at.begin;
    const bool rooted = take(".");
    const token& t = here();
    ++at_;
    if (!rooted && (t.text == "true" || t.text == "false" || t.text == "null")) {
      node n = start(node_kind::literal, begin);
      if (t.text != "null") n.held = t.text == "true";
      return add(std::move(n));
    }
    if (std::ranges::find(reserved, t.text) != reserved.end() || t.text == "in") {
      complain(t.at.begin,
               make_error(errc::syntax_error, "'{}' is a reserved word", "“{}”是保留字", t.text));
      return add(start(node_kind::bad, begin));
    }
    if (is("(")) return call(begin, t, rooted);
    node n = start(node_kind::name, begin);
    n.name = t.text;
    n.name_at = t.at;
    n.rooted = rooted;
    return add(std::move(n));
  }

  node_index call(std::uint32_t begin, const token& name, bool rooted) {
    ++at_;
    std::vector<node_index> args = arguments(")");
    if (name.text == "has" && !rooted && !tree_.gave_up()) return has(begin, name, args);
    node n = start(node_kind::call, begin);
    n.name = name.text;
    n.name_at = name.at;
    n.rooted = rooted;
    n.args = std::move(args);
    return add(std::move(n));
  }

  /// has(e.f) asks for the field and does not read it, so the select is taken apart.
  node_index has(std::uint32_t begin, const token& name, const std::vector<node_index>& args) {
    if (args.size() != 1 || tree_[args[0]].kind != node_kind::select) {
      if (args.size() != 1 || tree_[args[0]].kind != node_kind::bad)
        complain(name.at.begin, make_error(errc::syntax_error, "has() asks for one field: has(a.b)",
                                           "has() 的参数应为一个字段,如 has(a.b)"));
      return add(start(node_kind::bad, begin));
    }
    const node& asked = tree_[args[0]];
    node n = start(node_kind::has, begin);
    n.name = asked.name;
    n.name_at = asked.name_at;
    n.args = asked.args;
    return add(std::move(n));
  }

  const expression_limits& limits_;
  std::vector<token> tokens_;
  tree_builder tree_;
  std::size_t at_ = 0;
  std::size_t nesting_ = 0;
  std::optional<std::uint32_t> negative_at_; // of the minus that belongs to the number that follows
};

} // namespace

syntax_tree parse(std::string_view source, const expression_limits& limits, report& problems) {
  return parser(source, limits, problems).run();
}

std::string_view spelling(op o) {
  static constexpr std::string_view names[] = {"",  "||", "&&", "!",  "?:", "==",  "!=",
                                               "<", "<=", ">",  ">=", "in", "+",   "-",
                                               "*", "/",  "%",  "-",  "[]", "[?]", "?"};
  return names[static_cast<std::size_t>(o)];
}

} // namespace banli::detail::cel
