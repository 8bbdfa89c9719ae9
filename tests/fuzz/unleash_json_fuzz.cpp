// Any bytes as an answer of Unleash: never a crash, never an exception, and never a proof of "off" that is none.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "integrations/flags/unleash_api.hpp"
#include "integrations/flags/unleash_events.hpp"
#include "integrations/flags/unleash_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vakt::flag;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const unleash::Access access = unleash::access_of({}, "http://localhost");

  if (const auto flag = unleash::read_feature(text); flag && flag->name.empty()) std::abort();
  unleash::read_list(text);
  unleash::read_segments(text);
  unleash::read_projects(text);
  unleash::read_environments(text);
  if (const auto page = unleash::read_events(text)) {
    unleash::EventReader reader(text.substr(0, 40), vakt::Instant{});
    reader.take(*page);
    if (reader.finish().changes.size() > page->listed) std::abort();
  }
  if (unleash::read_refusal(text).message.size() > 203) std::abort();

  const auto half = text.size() / 2;
  unleash::percent_steps(text, "production", 10);
  unleash::restore_steps(text.substr(0, half), text.substr(half), "production");
  // Put back on itself, nothing is to be done, whatever it is.
  const std::string snapshot = unleash::snapshot_of(text);
  if (const auto steps = unleash::restore_steps(snapshot, text, "production"); steps && !steps->empty()) std::abort();

  const vakt::HttpResult answer = vakt::HttpResponse{200, {}, std::string(text)};
  const auto served = unleash::served_of(access, answer, "f", "production");
  if (served.served != Served::unknown) {
    const auto features = unleash::read_client_features(text);
    if (!features || features->environment != "production" || !features->catalog.flags.contains("f")) std::abort();
    if (features->catalog.flags.at("f").states.at("production").enabled != (served.served == Served::on)) std::abort();
  }
  return 0;
}
