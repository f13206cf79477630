#include "parse.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "lex.hpp"

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

/// A method with so many variables and bodies is a macro.
struct macro_form {
  std::string_view name;
  cel::macro macro;
  std::size_t variables;
  std::size_t bodies;
};
constexpr macro_form macros[] = {{"all", macro::all, 1, 1},
                                 {"exists", macro::exists, 1, 1},
                                 {"exists_one", macro::exists_one, 1, 1},
                                 {"existsOne", macro::exists_one, 1, 1},
                                 {"map", macro::map, 1, 1},
                                 {"map", macro::map, 1, 2},
                                 {"filter", macro::filter, 1, 1},
                                 {"all", macro::all, 2, 1},
                                 {"exists", macro::exists, 2, 1},
                                 {"exists_one", macro::exists_one, 2, 1},
                                 {"existsOne", macro::exists_one, 2, 1},
                                 {"transformList", macro::transform_list, 2, 1},
                                 {"transformList", macro::transform_list, 2, 2},
                                 {"transformMap", macro::transform_map, 2, 1},
                                 {"transformMap", macro::transform_map, 2, 2},
                                 {"transformMapEntry", macro::transform_entries, 2, 1},
                                 {"transformMapEntry", macro::transform_entries, 2, 2}};

/// Recursive descent. Beyond a limit it gives up: it stands at the end and makes no more nodes.
class parser {
 public:
  parser(std::string_view source, const expression_limits& limits, report& problems)
      : limits_(limits), problems_(problems), tokens_(lex(source, problems)) {}

  syntax_tree run() {
    tree_.root = expression();
    // What is left over after an error follows from it; on its own it is one.
    if (here().kind != token_kind::end && !complained_) unexpected();
    return std::move(tree_);
  }

 private:
  // --- tokens

  const token& here() const { return tokens_[at_]; }
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

  void complain(std::uint32_t offset, error e) {
    // One complaint a place: what follows from an error is not reported again.
    if (complained_ && *complained_ == offset) return;
    complained_ = offset;
    if (!gave_up_) problems_.add(offset, std::move(e));
  }

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

  node_index give_up(error e) {
    complain(here().at.begin, std::move(e));
    gave_up_ = true;
    at_ = tokens_.size() - 1;
    return add({});
  }

  // --- nodes

  node_index add(node n) {
    if (tree_.nodes.size() >= limits_.nodes && !gave_up_) {
      complain(n.at.begin, make_error(errc::limit_exceeded, "the expression has more than {} parts",
                                      "表达式超过 {} 个部分", limits_.nodes));
      gave_up_ = true;
      at_ = tokens_.size() - 1;
    }
    if (gave_up_ && !tree_.nodes.empty()) return 0;
    std::size_t below = 0;
    for (const node_index i : n.args) below = std::max(below, depths_[i]);
    depths_.push_back(below + 1);
    if (below + 1 > limits_.depth) {
      // A long chain of operators nests as deep as brackets do.
      const std::uint32_t begin = n.at.begin;
      tree_.nodes.push_back(std::move(n));
      complain(begin, too_deep());
      gave_up_ = true;
      at_ = tokens_.size() - 1;
      return 0;
    }
    tree_.nodes.push_back(std::move(n));
    return static_cast<node_index>(tree_.nodes.size() - 1);
  }

  error too_deep() const {
    return make_error(errc::limit_exceeded, "the expression is nested more than {} deep",
                      "表达式嵌套超过 {} 层", limits_.depth);
  }

  node start(node_kind kind, std::uint32_t begin) const {
    node n;
    n.kind = kind;
    n.at = {begin, last_end()};
    return n;
  }

  std::uint32_t begin_of(node_index i) const { return tree_.nodes[i].at.begin; }

  node_index make_op(op o, span name_at, std::vector<node_index> args, std::uint32_t begin) {
    node n = start(node_kind::op, begin);
    n.op = o;
    n.name_at = name_at;
    n.args = std::move(args);
    return add(std::move(n));
  }

  // --- grammar

  node_index expression() {
    if (nesting_ >= limits_.depth) return give_up(too_deep());
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
        const node_index key = expression();
        expect("]");
        n = make_op(op::index, at, {n, key}, begin_of(n));
      } else {
        return n;
      }
    }
  }

  node_index select(node_index operand) {
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
    if (!backquoted && is("(")) return method(operand, t);
    node n = start(node_kind::select, begin_of(operand));
    n.name = t.text;
    n.name_at = t.at;
    n.args = {operand};
    return add(std::move(n));
  }

  node_index method(node_index operand, const token& name) {
    ++at_;
    std::vector<node_index> args = arguments(")");
    const node& of = tree_.nodes[operand];
    if (of.kind == node_kind::name && of.name == "cel" && !gave_up_)
      if (const auto made = cel_macro(begin_of(operand), name, args)) return *made;
    const auto known = std::ranges::find_if(macros, [&](const macro_form& m) {
      return m.name == name.text && m.variables + m.bodies == args.size();
    });
    node n = start(node_kind::method, begin_of(operand));
    n.name = name.text;
    n.name_at = name.at;
    n.args = {operand};
    if (known == std::end(macros)) {
      n.args.insert(n.args.end(), args.begin(), args.end());
      return add(std::move(n));
    }
    n.kind = node_kind::loop;
    n.macro = known->macro;
    if (!variables(n, name, std::span(args).first(known->variables)))
      return add(start(node_kind::bad, begin_of(operand)));
    n.args.insert(n.args.end(), args.begin() + static_cast<std::ptrdiff_t>(known->variables),
                  args.end());
    return add(std::move(n));
  }

  /// Takes the variables of a macro; they are names, and differ.
  bool variables(node& n, const token& macro, std::span<const node_index> args) {
    for (const node_index a : args) {
      const node& v = tree_.nodes[a];
      const bool repeated = a != args.front() && v.name == tree_.nodes[args.front()].name;
      if (v.kind == node_kind::name && !v.rooted && !repeated) continue;
      if (v.kind != node_kind::bad)
        complain(v.at.begin,
                 repeated ? make_error(errc::syntax_error, "the variable '{}' twice",
                                       "变量“{}”重复", v.name)
                          : make_error(errc::syntax_error,
                                       "the first argument of {}() is the name of a variable",
                                       "{}() 的第一个参数应为变量名", macro.text));
      return false;
    }
    n.name = tree_.nodes[args[0]].name;
    if (args.size() == 2) n.second = tree_.nodes[args[1]].name;
    return true;
  }

  /// cel.bind(x, value, body); cel.block([values], body), whose values are cel.index(0), …; and
  /// cel.iterVar(depth, n), a name for the variable of a macro. The last three are what optimisers
  /// write.
  std::optional<node_index> cel_macro(std::uint32_t begin, const token& name,
                                      const std::vector<node_index>& args) {
    if (name.text == "bind" && args.size() == 3) {
      node n = start(node_kind::loop, begin);
      n.macro = macro::bind;
      n.name_at = name.at;
      if (!variables(n, name, std::span(args).first(1))) return add(start(node_kind::bad, begin));
      n.args = {args[1], args[2]};
      return add(std::move(n));
    }
    if (name.text == "block" && args.size() == 2 && tree_.nodes[args[0]].kind == node_kind::list)
      return block(begin, name, args);
    const bool index = name.text == "index" && args.size() == 1;
    if (!index && !(name.text == "iterVar" && args.size() == 2)) return std::nullopt;
    std::string made = "@" + name.text;
    for (const node_index a : args) {
      const auto number = tree_.nodes[a].held.as_int();
      if (!number || *number < 0) return std::nullopt;
      made += ":" + std::to_string(*number);
    }
    node n = start(node_kind::name, begin);
    n.name = std::move(made);
    n.name_at = name.at;
    return add(std::move(n));
  }

  node_index block(std::uint32_t begin, const token& name, const std::vector<node_index>& args) {
    const std::vector<node_index> values = tree_.nodes[args[0]].args;
    node_index body = args[1];
    for (std::size_t k = values.size(); k-- > 0;) {
      node n = start(node_kind::loop, begin);
      n.macro = macro::bind;
      n.name = "@index:" + std::to_string(k);
      n.name_at = name.at;
      n.args = {values[k], body};
      body = add(std::move(n));
    }
    return body;
  }

  std::vector<node_index> arguments(std::string_view closing) {
    std::vector<node_index> args;
    while (!is(closing) && here().kind != token_kind::end) {
      args.push_back(expression());
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
    // The brackets belong to the text of what they hold.
    if (!gave_up_) {
      tree_.nodes[inner].at.begin = begin;
      tree_.nodes[inner].at.end = last_end();
    }
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
      args.push_back(expression());
      expect(":");
      args.push_back(expression());
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
    if (name.text == "has" && !rooted && !gave_up_) return has(begin, name, args);
    node n = start(node_kind::call, begin);
    n.name = name.text;
    n.name_at = name.at;
    n.rooted = rooted;
    n.args = std::move(args);
    return add(std::move(n));
  }

  /// has(e.f) asks for the field and does not read it, so the select is taken apart.
  node_index has(std::uint32_t begin, const token& name, const std::vector<node_index>& args) {
    if (args.size() != 1 || tree_.nodes[args[0]].kind != node_kind::select) {
      if (args.size() != 1 || tree_.nodes[args[0]].kind != node_kind::bad)
        complain(name.at.begin, make_error(errc::syntax_error, "has() asks for one field: has(a.b)",
                                           "has() 的参数应为一个字段,如 has(a.b)"));
      return add(start(node_kind::bad, begin));
    }
    const node& asked = tree_.nodes[args[0]];
    node n = start(node_kind::has, begin);
    n.name = asked.name;
    n.name_at = asked.name_at;
    n.args = asked.args;
    return add(std::move(n));
  }

  const expression_limits& limits_;
  report& problems_;
  std::vector<token> tokens_;
  std::size_t at_ = 0;
  std::size_t nesting_ = 0;
  bool gave_up_ = false;
  std::optional<std::uint32_t> complained_;
  std::optional<std::uint32_t> negative_at_; // of the minus that belongs to the number that follows
  syntax_tree tree_;
  std::vector<std::size_t> depths_;
};

} // namespace

syntax_tree parse(std::string_view source, const expression_limits& limits, report& problems) {
  return parser(source, limits, problems).run();
}

std::string_view spelling(op o) {
  static constexpr std::string_view names[] = {
      "",   "||", "&&", "!", "?:", "==", "!=", "<", "<=", ">",
      ">=", "in", "+",  "-", "*",  "/",  "%",  "-", "[]"};
  return names[static_cast<std::size_t>(o)];
}

} // namespace banli::detail::cel
