#include "bot/actions/card_link.hpp"

#include <gtest/gtest.h>

namespace vakt::action {
namespace {

TEST(CardLink, TheEightLettersOfAnAddress) {
  for (const auto* address : {"https://trello.com/c/QIgNLSh1", "http://www.trello.com/c/QIgNLSh1/455-rotate-the-logs",
                              "trello.com/c/QIgNLSh1", "https://trello.com/c/QIgNLSh1?filter=x",
                              "https://trello.com/c/QIgNLSh1/1-x#comment-5f"})
    EXPECT_EQ(short_link_in(address), "QIgNLSh1") << address;
}

TEST(CardLink, WhatIsNone) {
  for (const auto* address :
       {"", "QIgNLSh1", "https://trello.com/b/QIgNLSh1", "https://trello.com/c/QIgNLSh",
        "https://trello.com/c/QIgNLSh12", "https://trello.com/c/QIgN-Sh1", "https://trello.com.evil.example/c/QIgNLSh1",
        "https://evil.example/trello.com/c/QIgNLSh1"})
    EXPECT_FALSE(short_link_in(address)) << address;
}

}  // namespace
}  // namespace vakt::action
