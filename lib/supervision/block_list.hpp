// A list that grows by blocks: nothing in it is ever moved, and less than a block of it is spare.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace banli::detail {

template <class T>
class block_list {
 public:
  T& operator[](std::size_t i) { return blocks_[i / per_block][i % per_block]; }
  const T& operator[](std::size_t i) const { return blocks_[i / per_block][i % per_block]; }

  void push_back(const T& v) {
    if (size_ == blocks_.size() * per_block) blocks_.push_back(std::make_unique<T[]>(per_block));
    (*this)[size_++] = v;
  }

  std::size_t size() const { return size_; }
  std::size_t bytes() const {
    return blocks_.size() * (per_block * sizeof(T) + sizeof(blocks_[0]));
  }

 private:
  static constexpr std::size_t per_block = 1024;
  std::vector<std::unique_ptr<T[]>> blocks_;
  std::size_t size_ = 0;
};

} // namespace banli::detail
