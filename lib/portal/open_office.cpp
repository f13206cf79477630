#include <banli/portal/open_office.hpp>

#include <banli/storage/sqlite_store.hpp>

namespace banli {

office::office(configuration c, std::unique_ptr<case_store> file, std::unique_ptr<key_ring> ring,
               sealing_rules sealed)
    : config(std::move(c)), column(config.items, config.people), search(column),
      file_(std::move(file)), ring_(std::move(ring)) {
  if (ring_) sealed_ = sealing_store(*file_, *ring_, std::move(sealed));
}

result<std::optional<public_case>> office::ask(const case_question& asked,
                                               const std::optional<instant>& at) {
  if (!desk_) {
    case_desk all;
    if (auto r = all.add_all(cases()); !r) return r.error();
    desk_.emplace(std::move(all));
  }
  const auto id = desk_->find(asked);
  if (!id) return std::optional<public_case>{};
  auto found = banli::ask(config, cases(), *id, at);
  if (!found) return found.error();
  return std::optional{std::move(*found)};
}

result<std::unique_ptr<office>> open_office(const std::string& folder, const office_files& files) {
  configuration config = load_configuration(folder);
  if (!config.good()) return config.found.front();
  std::unique_ptr<key_ring> ring;
  if (!files.keys.empty()) {
    if (!files.master)
      return make_error(errc::missing_field, "a key ring needs its master key",
                        "密钥库须提供主密钥");
    auto opened = open_key_ring(files.keys, *files.master);
    if (!opened) return opened.error();
    ring = std::move(*opened);
  }
  std::unique_ptr<case_store> store = memory_store();
  if (!files.store.empty()) {
    auto opened = open_sqlite_store(files.store);
    if (!opened) return opened.error();
    store = std::move(*opened);
  }
  return std::make_unique<office>(std::move(config), std::move(store), std::move(ring),
                                  files.sealed);
}

} // namespace banli
