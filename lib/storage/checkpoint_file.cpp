// The file of a checkpoint and its signature.
#include <banli/storage/checkpoint.hpp>

#include <array>
#include <charconv>
#include <memory>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <banli/base/utf8.hpp>

namespace banli {

namespace {

struct free_ssl {
  void operator()(BIO* b) const { BIO_free(b); }
  void operator()(EVP_PKEY* k) const { EVP_PKEY_free(k); }
  void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
};
template <class T>
using ssl = std::unique_ptr<T, free_ssl>;

constexpr std::string_view first_line = "banli checkpoint 1";
constexpr std::size_t signature_bytes = 64;

/// A key in PEM, read by one of OpenSSL's functions. A key that needs a password is refused: there
/// is nobody to ask.
template <class Read>
result<ssl<EVP_PKEY>> read_key(std::string_view pem, Read read) {
  const ssl<BIO> bytes{
      BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), 100'000)))};
  if (!bytes) throw std::bad_alloc{};
  const auto nobody = [](char*, int, int, void*) { return -1; };
  ssl<EVP_PKEY> key{read(bytes.get(), nullptr, nobody, nullptr)};
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519)
    return make_error(errc::bad_key, "this is no Ed25519 key in PEM, or one with a password",
                      "不是 PEM 格式的 Ed25519 密钥,或密钥带有口令");
  return key;
}

/// What is signed: the lines above the signature.
std::string head_of(const checkpoint& c) {
  return fmt::format("{}\ntaken {}\ndigest {}\ncases {}\nroot {}\nrefusals {} {}\n", first_line,
                     c.taken, to_string(c.digest), c.cases.size(), merkle_root(c),
                     c.refusals.number, c.refusals.chain);
}

std::string to_hex(const std::array<unsigned char, signature_bytes>& bytes) {
  std::string out;
  for (const unsigned char b : bytes) out += fmt::format("{:02x}", b);
  return out;
}

bool read_hex(std::string_view s, std::array<unsigned char, signature_bytes>& into) {
  if (s.size() != 2 * into.size()) return false;
  for (std::size_t i = 0; i < into.size(); ++i) {
    const char* const at = s.data() + 2 * i;
    const auto [end, failed] = std::from_chars(at, at + 2, into[i], 16);
    if (failed != std::errc{} || end != at + 2) return false;
  }
  return true;
}

bool signed_by(EVP_PKEY* key, std::string_view head,
               const std::array<unsigned char, signature_bytes>& signature) {
  const ssl<EVP_MD_CTX> context{EVP_MD_CTX_new()};
  if (!context) throw std::bad_alloc{};
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                          reinterpret_cast<const unsigned char*>(head.data()), head.size()) == 1;
}

/// Reads a file line by line.
class reader {
 public:
  explicit reader(std::string_view file) : rest_(file) {}

  result<checkpoint> read() {
    checkpoint c;
    std::size_t cases = 0;
    std::array<unsigned char, signature_bytes> signature{};
    if (next() != first_line) return wrong();
    if (!field("taken ", c.taken)) return wrong();
    std::string name, count, root, refusals, written;
    if (!field("digest ", name)) return wrong();
    const auto digest = parse_chain_digest(name);
    if (!digest) return wrong();
    c.digest = *digest;
    if (!field("cases ", count) || !number(count, cases)) return wrong();
    if (!field("root ", root)) return wrong();
    if (!field("refusals ", refusals) || !read_refusals(refusals, c.refusals)) return wrong();
    if (!field("signature ", written) || !read_hex(written, signature)) return wrong();
    if (!next().empty()) return wrong();
    while (!rest_.empty()) {
      checkpoint_case one;
      if (!read_case(next(), one)) return wrong();
      if (!c.cases.empty() && one.id.text() <= c.cases.back().id.text()) return wrong();
      c.cases.push_back(std::move(one));
    }
    signature_ = signature;
    same_ = c.cases.size() == cases && merkle_root(c) == root;
    return c;
  }

  const std::array<unsigned char, signature_bytes>& signature() const { return signature_; }

  /// Whether the cases are those of the root.
  bool same() const { return same_; }

 private:
  std::string_view next() {
    ++line_;
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) { // a line that was cut off
      rest_ = {};
      return "\n";
    }
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return out;
  }

  bool field(std::string_view name, std::string& into) {
    const std::string_view line = next();
    if (!line.starts_with(name) || !detail::is_utf8(line)) return false;
    into = line.substr(name.size());
    return !into.empty();
  }

  template <class T>
  static bool number(std::string_view s, T& into) {
    const auto [end, failed] = std::from_chars(s.data(), s.data() + s.size(), into);
    return failed == std::errc{} && end == s.data() + s.size();
  }

  static bool read_case(std::string_view line, checkpoint_case& into) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || line.size() < blank + 67 || line[blank + 65] != ' ' ||
        !number(line.substr(0, blank), into.version) || !detail::is_utf8(line))
      return false;
    into.chain = line.substr(blank + 1, 64);
    into.id = case_id{line.substr(blank + 66)};
    return into.version > 0;
  }

  static bool read_refusals(std::string_view said, checkpoint_refusals& into) {
    const std::size_t blank = said.find(' ');
    if (blank == std::string_view::npos || said.size() != blank + 65) return false;
    into.chain = said.substr(blank + 1);
    return number(said.substr(0, blank), into.number);
  }

  error wrong() const {
    return at(make_error(errc::syntax_error, "this is no line of a checkpoint",
                         "不是检查点文件应有的内容"),
              {"", line_, 0});
  }

  std::string_view rest_;
  int line_ = 0;
  std::array<unsigned char, signature_bytes> signature_{};
  bool same_ = false;
};

} // namespace

result<std::string> sign(const checkpoint& c, std::string_view private_pem) {
  const auto key = read_key(private_pem, PEM_read_bio_PrivateKey);
  if (!key) return key.error();
  const std::string head = head_of(c);
  std::array<unsigned char, signature_bytes> signature{};
  std::size_t size = signature.size();
  const ssl<EVP_MD_CTX> context{EVP_MD_CTX_new()};
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key->get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size,
                     reinterpret_cast<const unsigned char*>(head.data()), head.size()) != 1)
    throw std::bad_alloc{}; // a key that was read signs any bytes
  std::string out = fmt::format("{}signature {}\n\n", head, to_hex(signature));
  for (const checkpoint_case& one : c.cases)
    out += fmt::format("{} {} {}\n", one.version, one.chain, one.id.text());
  return out;
}

result<checkpoint> read_checkpoint(std::string_view file, std::string_view public_pem,
                                   const checkpoint_limits& limits) {
  if (file.size() > limits.bytes)
    return make_error(errc::limit_exceeded, "the checkpoint has more than {} bytes",
                      "检查点文件超过 {} 字节", limits.bytes);
  const auto key = read_key(public_pem, PEM_read_bio_PUBKEY);
  if (!key) return key.error();
  reader r{file};
  auto c = r.read();
  if (!c) return c.error();
  if (!r.same())
    return make_error(errc::bad_signature, "the cases are not those that were signed",
                      "办件清单与签名时不同");
  if (!signed_by(key->get(), head_of(*c), r.signature()))
    return make_error(errc::bad_signature, "the checkpoint was not signed with this key",
                      "检查点不是用此密钥签名的");
  return c;
}

} // namespace banli
