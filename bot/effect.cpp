#include "bot/effect.hpp"

namespace vakt {

namespace {
struct LaneOf {
  Lane operator()(const effect::Respond&) const { return Lane::answer; }
  Lane operator()(const effect::OpenModal&) const { return Lane::answer; }
  Lane operator()(const effect::Ephemeral&) const { return Lane::answer; }
  Lane operator()(const effect::PublishHome&) const { return Lane::rest; }
  Lane operator()(const effect::ChangeFlag&) const { return Lane::kill; }
  Lane operator()(const effect::StopFlag&) const { return Lane::kill; }
  Lane operator()(const effect::ReadFlags&) const { return Lane::answer; }
  Lane operator()(const effect::WriteCard&) const { return Lane::cards; }
  Lane operator()(const effect::ReadCards&) const { return Lane::cards; }
  Lane operator()(const effect::LookUpGroup&) const { return Lane::rest; }
  Lane operator()(const effect::LookUpUser&) const { return Lane::rest; }
  Lane operator()(const effect::LookUpChannel&) const { return Lane::rest; }
  Lane operator()(const effect::FetchPage&) const { return Lane::rest; }
  Lane operator()(const effect::UploadDocument&) const { return Lane::rest; }
  template <class Other>
  Lane operator()(const Other&) const {
    return Lane::chat;
  }
};
}  // namespace

Lane lane(const Effect& effect) { return std::visit(LaneOf{}, effect.body); }

}  // namespace vakt
