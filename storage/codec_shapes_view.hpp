// The stored fields of message blocks and modals. Internal to the codec's .cpp files.
#pragma once

#include "storage/codec_json.hpp"

namespace vakt::storage {

template <>
struct Shape<view::Option> {
  using T = view::Option;
  static constexpr std::tuple fields{Field{"label", &T::label}, Field{"value", &T::value}};
};
template <>
struct Shape<view::Button> {
  using T = view::Button;
  static constexpr auto type = "button";
  static constexpr std::tuple fields{Field{"label", &T::label},
                                     Field{"action", &T::action},
                                     Field{"value", &T::value},
                                     Field{"style", &T::style},
                                     Field{"confirm", &T::confirm},
                                     Field{"url", &T::url},
                                     Field{"confirm_title", &T::confirm_title}};
};
template <>
struct Shape<view::Select> {
  using T = view::Select;
  static constexpr auto type = "select";
  static constexpr std::tuple fields{Field{"placeholder", &T::placeholder}, Field{"action", &T::action},
                                     Field{"options", &T::options}, Field{"initial", &T::initial}};
};
template <>
struct Shape<view::Header> {
  static constexpr auto type = "header";
  static constexpr std::tuple fields{Field{"text", &view::Header::text}};
};
template <>
struct Shape<view::Section> {
  static constexpr auto type = "section";
  static constexpr std::tuple fields{Field{"text", &view::Section::text}};
};
template <>
struct Shape<view::Context> {
  static constexpr auto type = "context";
  static constexpr std::tuple fields{Field{"text", &view::Context::text}};
};
template <>
struct Shape<view::Divider> {
  static constexpr auto type = "divider";
  static constexpr std::tuple<> fields{};
};
template <>
struct Shape<view::Actions> {
  static constexpr auto type = "actions";
  static constexpr std::tuple fields{Field{"elements", &view::Actions::elements}};
};
template <>
struct Shape<view::Input> {
  using T = view::Input;
  static constexpr auto type = "input";
  static constexpr std::tuple fields{Field{"block", &T::block},     Field{"label", &T::label},
                                     Field{"kind", &T::kind},       Field{"optional", &T::optional},
                                     Field{"initial", &T::initial}, Field{"placeholder", &T::placeholder},
                                     Field{"options", &T::options}};
};

template <>
struct Shape<view::Message> {
  using T = view::Message;
  static constexpr std::tuple fields{Field{"text", &T::text}, Field{"blocks", &T::blocks}};
};
template <>
struct Shape<view::Modal> {
  using T = view::Modal;
  static constexpr std::tuple fields{Field{"title", &T::title},     Field{"submit", &T::submit},
                                     Field{"close", &T::close},     Field{"callback", &T::callback},
                                     Field{"context", &T::context}, Field{"blocks", &T::blocks}};
};

}  // namespace vakt::storage
