// A small file of lines that is appended to durably and replaced whole; one program at a time.
#pragma once

#include <string>
#include <utility>

#include <banli/base/result.hpp>

#include "file_lock.hpp"

namespace banli::detail {

/// Makes the name of a file durable: a name is kept by its folder. Whether it could be.
bool keep_name(const std::string& path);

class key_file {
 public:
  /// Opens a file or makes one for its owner alone. What a crash left of a last line is cut off:
  /// nobody was told that it was kept. Errors: store_locked, store_failure.
  static result<key_file> open(const std::string& path);

  key_file(key_file&& other) noexcept
      : path_(std::move(other.path_)), lock_(std::move(other.lock_)),
        descriptor_(std::exchange(other.descriptor_, -1)), text_(std::move(other.text_)) {}
  key_file& operator=(key_file&&) = delete;
  ~key_file();

  /// Whole lines, as they were when it was opened.
  const std::string& text() const { return text_; }
  void forget_text() { text_.clear(); }

  /// Durable when it returns.
  result<void> append(std::string_view lines);
  /// The file becomes this text, or stays what it is.
  result<void> replace(std::string_view text);

 private:
  key_file(std::string path, file_lock lock, int descriptor)
      : path_(std::move(path)), lock_(std::move(lock)), descriptor_(descriptor) {}
  error failed(std::string_view en, std::string_view zh) const;
  result<void> read();

  std::string path_;
  file_lock lock_;
  int descriptor_;
  std::string text_;
};

} // namespace banli::detail
