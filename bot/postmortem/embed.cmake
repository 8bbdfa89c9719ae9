# The built-in templates as C++: cmake -DFOLDER=… -DOUTPUT=… -P embed.cmake
file(GLOB templates ${FOLDER}/*.mustache)
set(source "#include \"bot/postmortem/document.hpp\"\n\nnamespace vakt::postmortem {\n\nstd::optional<Template> built_in(std::string_view name) {\n")
foreach(template ${templates})
  get_filename_component(name ${template} NAME_WLE)
  file(READ ${template} text)
  # A string literal may hold 64 KiB at least; ours are far shorter.
  string(APPEND source "  if (name == \"${name}\") return Template{.name = \"${name}\", .file = {}, .text = R\"mustache(${text})mustache\"};\n")
endforeach()
string(APPEND source "  return std::nullopt;\n}\n\n}  // namespace vakt::postmortem\n")
file(WRITE ${OUTPUT} "${source}")
