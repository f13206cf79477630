#include "drawing/layout.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <string>

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <fmt/format.h>

namespace banli::detail {
namespace {

constexpr double points_per_inch = 72;
constexpr double margin = 12;

// Graphviz is not re-entrant, and both its error handler and its words are of the whole process.
std::mutex& graphviz_mutex() {
  static std::mutex mutex;
  return mutex;
}

std::string& graphviz_words() {
  static std::string words;
  return words;
}

int keep_words(char* words) {
  graphviz_words() += words;
  return 0;
}

/// While it lives, Graphviz prints nothing: its words are kept.
class silence {
 public:
  silence() : handler_(agseterrf(keep_words)), level_(agseterr(AGERR)) { graphviz_words().clear(); }
  ~silence() {
    agseterrf(handler_);
    agseterr(level_);
  }
  silence(const silence&) = delete;
  silence& operator=(const silence&) = delete;

 private:
  agusererrf handler_;
  agerrlevel_t level_;
};

// Kept for the process: making one reads the list of plug-ins, and Graphviz frees it in part only.
GVC_t* graphviz_context() {
  static GVC_t* const context = gvContext();
  return context;
}

struct close_graph {
  void operator()(Agraph_t* g) const { agclose(g); }
};

// The C interface takes char* for what it only reads.
char* c_text(const std::string& s) { return const_cast<char*>(s.c_str()); }

void set(void* object, const char* name, const std::string& value) {
  agsafeset(object, c_text(name), c_text(value), c_text(""));
}

const char* shape(node_kind kind) {
  switch (kind) {
  case node_kind::start:
  case node_kind::end: return "ellipse";
  case node_kind::decision:
  case node_kind::inclusive_decision:
  case node_kind::inclusive_join: return "diamond";
  default: return "box";
  }
}

class graph_layout {
 public:
  /// With centres the boxes stay there; without, they are placed.
  graph_layout(const std::vector<layout_node>& nodes, const std::vector<layout_arrow>& arrows,
               const std::vector<drawn_point>* centres = nullptr)
      : nodes_(nodes), arrows_(arrows), centres_(centres) {}

  result<laid_out> run() {
    GVC_t* const context = graphviz_context();
    const std::unique_ptr<Agraph_t, close_graph> graph(
        agopen(c_text("chart"), Agdirected, nullptr));
    if (context == nullptr || !graph) return failed();
    build(graph.get());
    if (gvLayout(context, graph.get(), centres_ == nullptr ? "dot" : "nop") != 0) return failed();
    laid_out out = read(graph.get());
    gvFreeLayout(context, graph.get());
    return out;
  }

 private:
  static error failed() {
    const std::string& words = graphviz_words();
    return make_error(errc::bad_value, "the flowchart could not be laid out: {}",
                      "流程图无法排版:{}", words.empty() ? "Graphviz" : words);
  }

  void build(Agraph_t* g) {
    set(g, "rankdir", "TB");
    set(g, "nodesep", "0.35");
    set(g, "ranksep", "0.42");
    set(g, "splines", "spline");
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      Agnode_t* n = agnode(g, c_text(fmt::format("n{}", i)), 1);
      set(n, "label", "");
      set(n, "shape", shape(nodes_[i].kind));
      set(n, "fixedsize", "true");
      set(n, "width", fmt::format("{:.4f}", nodes_[i].width / points_per_inch));
      set(n, "height", fmt::format("{:.4f}", nodes_[i].height / points_per_inch));
      if (centres_ != nullptr)
        set(n, "pos", fmt::format("{:.2f},{:.2f}", (*centres_)[i].x, -(*centres_)[i].y));
      drawn_nodes_.push_back(n);
    }
    for (std::size_t i = 0; i < arrows_.size(); ++i) {
      const layout_arrow& a = arrows_[i];
      twin_.push_back(centres_ == nullptr ? i : first_between(i));
      if (twin_[i] != i) { // its curve is made from that of the other
        drawn_edges_.push_back(nullptr);
        continue;
      }
      Agedge_t* e =
          agedge(g, drawn_nodes_[a.from], drawn_nodes_[a.to], c_text(fmt::format("e{}", i)), 1);
      set(e, "arrowsize", "0.8");
      set(e, "weight", fmt::format("{}", a.weight));
      if (centres_ != nullptr) {
        drawn_edges_.push_back(e);
        continue;
      }
      if (a.course == arrow_course::back && a.from != a.to) {
        set(e, "tailport", "e");
        set(e, "headport", "e");
      } else { // between a bar and its branches arrows go straight down
        if (nodes_[a.from].kind == node_kind::fork) set(e, "headport", "n");
        if (nodes_[a.to].kind == node_kind::join) set(e, "tailport", "s");
      }
      if (a.label_width > 0) set_label(g, e, a);
      drawn_edges_.push_back(e);
    }
  }

  /// The first arrow between the same two nodes, either way. To route a second one, or one with a
  /// port, Graphviz triangulates, and that code aborts the program on some inputs.
  std::size_t first_between(std::size_t arrow) const {
    const layout_arrow& a = arrows_[arrow];
    for (std::size_t i = 0; i < arrow; ++i) {
      const layout_arrow& b = arrows_[i];
      if ((a.from == b.from && a.to == b.to) || (a.from == b.to && a.to == b.from)) return i;
    }
    return arrow;
  }

  /// The curve beside that of another arrow between the same nodes.
  laid_arrow beside(const std::vector<laid_arrow>& laid, std::size_t arrow) const {
    constexpr double apart = 14;
    constexpr double head = 8; // the length of an arrow's head
    const std::size_t twin = twin_[arrow];
    laid_arrow out = laid[twin];
    if (out.curve.size() < 4) return out;
    if (arrows_[arrow].from != arrows_[twin].from) {
      out.curve.back() = out.tip;
      std::reverse(out.curve.begin(), out.curve.end());
      out.tip = out.curve.back();
      const drawn_point before = out.curve[out.curve.size() - 2];
      const double length = std::hypot(out.tip.x - before.x, out.tip.y - before.y);
      if (length > head)
        out.curve.back() = {out.tip.x - (out.tip.x - before.x) / length * head,
                            out.tip.y - (out.tip.y - before.y) / length * head};
    }
    double by = 0;
    for (std::size_t i = twin; i < arrow; ++i) by += twin_[i] == twin ? apart : 0;
    for (std::size_t i = 1; i + 1 < out.curve.size(); ++i) out.curve[i].x += by;
    return out;
  }

  /// An empty table of the size we measured: Graphviz makes room without measuring text itself.
  static void set_label(Agraph_t* g, Agedge_t* e, const layout_arrow& a) {
    const std::string table = fmt::format(
        R"(<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" FIXEDSIZE="TRUE" )"
        R"(WIDTH="{:.0f}" HEIGHT="{:.0f}"><TR><TD></TD></TR></TABLE>)",
        a.label_width, a.label_height);
    if (agattr(g, AGEDGE, c_text("label"), nullptr) == nullptr)
      agattr(g, AGEDGE, c_text("label"), c_text(""));
    char* html = agstrdup_html(g, c_text(table));
    agset(e, c_text("label"), html);
    agstrfree(g, html);
  }

  laid_out read(Agraph_t* g) {
    const boxf box = GD_bb(g);
    if (centres_ != nullptr && !drawn_nodes_.empty()) { // Graphviz may shift the whole
      const pointf first = ND_coord(drawn_nodes_[0]);
      moved_ = {first.x - (*centres_)[0].x, first.y + (*centres_)[0].y};
    }
    const auto at = [&](pointf p) { // Graphviz counts upwards
      if (centres_ != nullptr) return drawn_point{p.x - moved_.x, -p.y + moved_.y};
      return drawn_point{p.x - box.LL.x + margin, box.UR.y - p.y + margin};
    };
    laid_out out;
    out.width = box.UR.x - box.LL.x + 2 * margin;
    out.height = box.UR.y - box.LL.y + 2 * margin;
    for (Agnode_t* n : drawn_nodes_) out.centres.push_back(at(ND_coord(n)));
    for (Agedge_t* e : drawn_edges_) {
      if (e == nullptr) {
        out.arrows.push_back(beside(out.arrows, out.arrows.size()));
        continue;
      }
      laid_arrow a;
      if (ED_spl(e) != nullptr && ED_spl(e)->size > 0) {
        const bezier& b = ED_spl(e)->list[0];
        for (std::size_t i = 0; i < static_cast<std::size_t>(b.size); ++i)
          a.curve.push_back(at(b.list[i]));
        a.tip = b.eflag != 0 ? at(b.ep) : a.curve.back();
      }
      if (ED_label(e) != nullptr && ED_label(e)->set) a.label = at(ED_label(e)->pos);
      out.arrows.push_back(std::move(a));
    }
    return out;
  }

  const std::vector<layout_node>& nodes_;
  const std::vector<layout_arrow>& arrows_;
  const std::vector<drawn_point>* centres_;
  drawn_point moved_;
  std::vector<Agnode_t*> drawn_nodes_;
  std::vector<Agedge_t*> drawn_edges_; // null for one that has a twin
  std::vector<std::size_t> twin_;      // by arrow: itself, or the first between its nodes
};

} // namespace

result<laid_out> place_graph(const std::vector<layout_node>& nodes,
                             const std::vector<layout_arrow>& arrows) {
  const std::lock_guard lock(graphviz_mutex());
  const silence quiet;
  return graph_layout(nodes, arrows).run();
}

result<std::vector<laid_arrow>> route_arrows(const std::vector<layout_node>& nodes,
                                             const std::vector<drawn_point>& centres,
                                             const std::vector<layout_arrow>& arrows) {
  const std::lock_guard lock(graphviz_mutex());
  const silence quiet;
  auto laid = graph_layout(nodes, arrows, &centres).run();
  if (!laid) return std::move(laid.error());
  return std::move(laid->arrows);
}

} // namespace banli::detail
