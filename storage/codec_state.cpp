// State, the lists and the curation of an entry; the parsing that all of the codec shares.
#include "storage/codec.hpp"
#include "storage/codec_json.hpp"
#include "storage/codec_shapes.hpp"
#include "storage/codec_shapes_actions.hpp"

namespace vakt::storage {

namespace {
constexpr int state_version = 1;
constexpr int draft_version = 1;
constexpr int curation_version = 1;

template <class T>
std::vector<T> decode_list(std::string_view bytes) {
  std::vector<T> list;
  from_json(parse(bytes), list, Missing::refused);
  return list;
}
}  // namespace

Json parse(std::string_view bytes) {
  Json json = Json::parse(bytes, nullptr, false);
  if (json.is_discarded()) damaged("not JSON");
  return json;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

void require_version(const Json& json, int newest) {
  if (!json.is_object() || !json.contains("v") || !json["v"].is_number_integer()) damaged("version expected");
  const auto version = json["v"].get<std::int64_t>();
  if (version < 1) damaged("version " + std::to_string(version));
  if (version > newest)
    throw NewerValue("The database holds values that a newer vakt has written (version " + std::to_string(version) +
                     ", this one knows " + std::to_string(newest) + "). Start that newer vakt.");
}

std::string encode(const Incident& state) { return encoded(state, state_version); }
Incident decode_incident(std::string_view bytes) { return decoded<Incident>(bytes, state_version); }
std::string encode(const Draft& draft) { return encoded(draft, draft_version); }
Draft decode_draft(std::string_view bytes) { return decoded<Draft>(bytes, draft_version); }
std::string encode(const Curation& curation) { return encoded(curation, curation_version); }
Curation decode_curation(std::string_view bytes) { return decoded<Curation>(bytes, curation_version); }

std::string encode(const std::vector<std::string>& names) { return dump(to_json(names)); }
std::vector<std::string> decode_names(std::string_view bytes) { return decode_list<std::string>(bytes); }
std::string encode(const std::vector<File>& files) { return dump(to_json(files)); }
std::string encode(const std::vector<Version>& versions) { return dump(to_json(versions)); }
std::vector<File> decode_files(std::string_view bytes) { return decode_list<File>(bytes); }
std::vector<Version> decode_versions(std::string_view bytes) { return decode_list<Version>(bytes); }

}  // namespace vakt::storage
