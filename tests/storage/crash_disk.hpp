// A disk that may lose power at any moment: what can be on it then.
//
// What a program does to its files is a trace. Walked along it, a disk knows what is durable for
// certain, and what is still on its way since the last sync of that file. When the power fails,
// every sector of 512 bytes holds one of the contents it had since then, each for itself: writes
// are lost, torn and reordered. So is the size of a file. The names in a folder are durable once
// the folder was synced.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace banli::test {

/// Files by their names.
using disk_image = std::map<std::string, std::string>;

/// One thing that happened.
struct disk_step {
  enum class kind : std::uint8_t {
    write,      ///< bytes, at an offset of a file
    truncate,   ///< a file, to a size
    sync,       ///< a file; at = 1: what it held, but not what it grew by
    create,     ///< a name for a file
    remove,     ///< a name
    sync_names, ///< the folder
    asked,      ///< a caller asked for append number `at`
    told,       ///< and was told that it is durable
    kept,       ///< something else is promised: number `at`
  };
  kind what{};
  int file = 0;
  std::size_t at = 0;
  std::string text{}; ///< bytes or name
};

/// A disk as a trace is walked.
class crash_disk {
 public:
  explicit crash_disk(const disk_image& start) {
    for (const auto& [name, bytes] : start) {
      names_[name] = static_cast<int>(files_.size());
      files_.push_back({bytes, {}});
    }
  }

  /// The step must live as long as the disk.
  void walk(const disk_step& s) {
    using kind = disk_step::kind;
    if (s.file >= static_cast<int>(files_.size()))
      files_.resize(static_cast<std::size_t>(s.file) + 1);
    switch (s.what) {
    case kind::write:
    case kind::truncate: files_[static_cast<std::size_t>(s.file)].pending.push_back(&s); break;
    case kind::sync: settle(files_[static_cast<std::size_t>(s.file)], s.at == 1); break;
    case kind::create:
    case kind::remove: pending_names_.push_back(&s); break;
    case kind::sync_names:
      for (const disk_step* p : pending_names_) rename(names_, *p);
      pending_names_.clear();
      break;
    default: break;
    }
  }

  /// What may be found after the power failed here.
  template <class Random>
  disk_image crash(Random& random) const {
    // How much of what happened to each name came through; mostly all or the same for all.
    std::map<std::string, int> names = names_;
    const auto way = random() % 4;
    const std::size_t same = random() % (pending_names_.size() + 1);
    for (std::size_t i = 0; i < pending_names_.size(); ++i)
      if (way < 2 || (way == 2 ? i < same : random() % 2 == 0)) rename(names, *pending_names_[i]);
    disk_image out;
    for (const auto& [name, number] : names)
      out[name] = torn(files_[static_cast<std::size_t>(number)], random);
    return out;
  }

 private:
  static constexpr std::size_t sector = 512;

  struct file {
    std::string durable{};
    std::vector<const disk_step*> pending{};
  };

  static std::size_t size_after(std::size_t before, const disk_step& s) {
    if (s.what == disk_step::kind::truncate) return s.at;
    return std::max(before, s.at + s.text.size());
  }

  static void settle(file& f, bool in_its_old_size) {
    const std::size_t before = f.durable.size();
    for (const disk_step* s : f.pending) {
      f.durable.resize(size_after(f.durable.size(), *s));
      if (s->what == disk_step::kind::write) f.durable.replace(s->at, s->text.size(), s->text);
    }
    if (in_its_old_size)
      f.durable.resize(before);
    else
      f.pending.clear();
  }

  static void rename(std::map<std::string, int>& names, const disk_step& s) {
    if (s.what == disk_step::kind::create)
      names[s.text] = s.file;
    else
      names.erase(s.text);
  }

  /// How many of the pending steps reached each sector, and the size.
  template <class Random>
  static std::vector<std::size_t> reached(std::size_t sectors, std::size_t steps, Random& random) {
    std::vector<std::size_t> cut(sectors + 1, steps);
    const auto any = [&] { return random() % (steps + 1); };
    const std::size_t some = any();
    switch (random() % 6) {
    case 0: break; // all: the machine stopped, the disk did not
    case 1: std::ranges::fill(cut, std::size_t{0}); break;
    case 2: std::ranges::fill(cut, some); break;
    case 3: // in order, the last of them torn
      for (std::size_t& c : cut) c = std::min(steps, some + random() % 2);
      break;
    case 4: // a few are late
      for (std::size_t& c : cut)
        if (random() % 16 == 0) c = any();
      break;
    default:
      for (std::size_t& c : cut) c = any();
    }
    return cut;
  }

  template <class Random>
  static std::string torn(const file& f, Random& random) {
    std::string out = f.durable;
    if (f.pending.empty()) return out;
    std::vector<std::size_t> sizes{out.size()};
    for (const disk_step* s : f.pending) sizes.push_back(size_after(sizes.back(), *s));
    const std::size_t longest = *std::ranges::max_element(sizes);
    const std::size_t sectors = (longest + sector - 1) / sector;
    const auto cut = reached(sectors, f.pending.size(), random);
    // What a file has grown by and nobody wrote is zeros, or whatever was there.
    out.resize(longest, random() % 2 == 0 ? '\0' : '\xA5');
    for (std::size_t i = 0; i < f.pending.size(); ++i) {
      const disk_step& s = *f.pending[i];
      const bool shorter = s.what == disk_step::kind::truncate;
      const std::size_t end = shorter ? longest : s.at + s.text.size();
      for (std::size_t from = s.at; from < end;) {
        const std::size_t here = from / sector, to = std::min(end, (here + 1) * sector);
        if (i < cut[here] && shorter) out.replace(from, to - from, to - from, '\0');
        if (i < cut[here] && !shorter) out.replace(from, to - from, s.text, from - s.at, to - from);
        from = to;
      }
    }
    out.resize(sizes[cut.back()]);
    return out;
  }

  std::vector<file> files_;
  std::map<std::string, int> names_; ///< for certain
  std::vector<const disk_step*> pending_names_;
};

} // namespace banli::test
