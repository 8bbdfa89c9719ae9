// Stored bytes that somebody else changed.
#pragma once

#include <rapidcheck.h>

#include <string>

#include "bot/brain/ledger.hpp"

namespace vakt::test {

// Cuts the bytes anywhere, or changes any one of them: decode reads them or says that they cannot be read.
template <class Decode>
void damage_is_read_or_refused(const std::string& bytes, const Decode& decode) {
  rc::check([&] {
    auto damaged = bytes;
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    if (*rc::gen::arbitrary<bool>())
      damaged.resize(at);
    else
      damaged[at] = *rc::gen::arbitrary<char>();
    try {
      (void)decode(damaged);
    } catch (const StorageError&) {
    }
  });
}

}  // namespace vakt::test
