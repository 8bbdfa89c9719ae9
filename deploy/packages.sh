# shellcheck shell=bash disable=SC2034
# The Debian 12 packages that vakt is built and tested with, and how the missing ones come in. Sourced by deploy/build, deploy/test and deploy/lint.

build_packages=(
  ca-certificates ccache cmake g++ ninja-build pkg-config tzdata
  libboost1.81-dev libcli11-dev libhowardhinnant-date-dev libssl-dev libkainjow-mustache-dev
  libmd4c-dev libmd4c-html0-dev libsimdjson-dev libspdlog-dev libsqlite3-dev
  libtomlplusplus-dev libwebsocketpp-dev nlohmann-json3-dev prometheus-cpp-dev
  libgmock-dev libgtest-dev librapidcheck-dev
)

lint_packages=(clang-19 clang-format-19 clang-tidy-19)

test_packages=(
  "${lint_packages[@]}" libclang-rt-19-dev llvm-19
  curl sqlite3 chromium fonts-dejavu-core fonts-noto-color-emoji
  postgresql puma ruby ruby-flipper ruby-rack
)
# An npm from elsewhere serves as well, and would not stand beside Debian's.
command -v npm >/dev/null || test_packages+=(nodejs npm)

install_missing() {
  local package missing=()
  command -v dpkg-query >/dev/null || {
    echo "This is not a Debian. Install these by hand, then use cmake --preset release: $*" >&2
    return 1
  }
  for package in "$@"; do
    [[ "$(dpkg-query -W -f='${db:Status-Status} ' "$package" 2>/dev/null)" == *"installed "* ]] || missing+=("$package")
  done
  ((${#missing[@]} == 0)) && return 0

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || {
      echo "Missing packages: ${missing[*]}. Install them as root (apt-get install), or install sudo." >&2
      return 1
    }
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}
