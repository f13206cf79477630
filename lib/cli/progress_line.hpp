// Progress on a console: a line rewritten in place on a terminal, one line a stage elsewhere.
#pragma once

#include <ostream>
#include <string>

#include <banli/base/result.hpp>
#include <banli/cli/command_line.hpp>
#include <banli/run/replay.hpp>

namespace banli {

class progress_line {
 public:
  progress_line(const console& to, language in) : to_(to), in_(in) {}

  void show(const progress& p) {
    if (to_.progress == console::progress_style::none) return;
    const std::size_t percent = p.total == 0 ? 100 : p.done * 100 / p.total;
    if (p.stage == stage_ && percent == percent_) return;
    const bool begins = p.stage != stage_;
    stage_ = p.stage;
    percent_ = percent;
    if (to_.progress == console::progress_style::lines) {
      if (begins) to_.err << name(p.stage) << " ..." << std::endl;
      return;
    }
    to_.err << fmt::format("\r{} {:3}%  {}/{}   ", name(p.stage), percent, p.done, p.total);
    if (p.done >= p.total) to_.err << "\r\033[K";
    to_.err << std::flush;
  }

 private:
  std::string_view name(std::string_view stage) const {
    if (in_ == language::en) return stage;
    return stage == "replay" ? "重放命令" : stage == "supervise" ? "电子监察" : "生成报告";
  }

  const console& to_;
  language in_;
  std::string stage_;
  std::size_t percent_ = 101;
};

} // namespace banli
