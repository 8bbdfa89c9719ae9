#include "integrations/flags/flag_provider.hpp"

namespace vakt::flag {

boost::asio::awaitable<void> Provider::prepare(std::string /*environment*/) { co_return; }

std::unique_ptr<Provider> make_provider(HttpClient& http, const ProviderSettings& settings) {
  switch (settings.kind) {
    case ProviderKind::unleash:
      return make_unleash(http, settings);
    case ProviderKind::flipper:
      return make_flipper(http, settings);
    case ProviderKind::http:
      return make_http_provider(http, settings);
    case ProviderKind::flagd:
      break;
  }
  return make_flagd(settings);
}

}  // namespace vakt::flag
