# shellcheck shell=bash
# A Node that is new enough to build the web app: the one that is there, else apt's, else the official one.

node_oldest=20.19
node_install=22
node_home=$cache/tools/node
export npm_config_update_notifier=false PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

# node_fits: are node and npm there and new enough?
node_fits() {
  local version
  command -v npm >/dev/null || return 1
  version=$(node --version 2>/dev/null) || return 1
  at_least "${version#v}" "$node_oldest"
}

# node_arch: this machine's name in Node's file names.
node_arch() {
  case $(uname -m) in
    x86_64) echo x64 ;;
    aarch64) echo arm64 ;;
    *) die "there is no ready-made Node for $(uname -m)" "Install Node $node_oldest or newer yourself." ;;
  esac
}

# node_from_nodejs_org: the official archive, checked against its published checksum.
node_from_nodejs_org() {
  local base=https://nodejs.org/dist/latest-v$node_install.x arch work line file
  arch=$(node_arch) || exit 1
  need_scratch
  work=$scratch
  if ! curl -fsSL --retry 1 --connect-timeout 20 -o "$work/sums" "$base/SHASUMS256.txt"; then
    return 1
  fi
  line=$(grep -E "  node-v[0-9.]+-linux-$arch\.tar\.gz$" "$work/sums")
  file=${line##* }
  if ! curl -fL --progress-bar --retry 2 -o "$work/$file" "$base/$file"; then
    return 1
  fi
  if [ "$(sha256sum <"$work/$file" | cut -c1-64)" != "${line:0:64}" ]; then
    die "Node arrived damaged (its checksum differs)" "Run this again."
  fi
  rm -rf "$node_home" "$node_home.new"
  mkdir -p "$node_home.new" && tar -xzf "$work/$file" -C "$node_home.new" --strip-components=1 ||
    die "Node could not be unpacked into $node_home.new (the reason is above)"
  mv "$node_home.new" "$node_home"
}

# node_from_npm: the same program out of the npm registry, fetched (and checked) by the system's old npm.
node_from_npm() {
  local arch
  arch=$(node_arch) || exit 1
  want_packages "nodejs|runs npm, which fetches a newer Node"$'\n'"npm|fetches a newer Node"
  install_wanted
  rm -rf "$node_home" "$node_home.new"
  mkdir -p "$node_home.new/lib" "$node_home.new/bin"
  npm install --prefix "$node_home.new/lib" --no-fund --no-audit --no-update-notifier \
    "node-linux-$arch@$node_install" npm@10 || return 1
  ln -s "../lib/node_modules/node-linux-$arch/bin/node" "$node_home.new/bin/node"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$node_home.new/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$node_home.new/bin/npx"
  mv "$node_home.new" "$node_home"
}

# want_node: where apt has a fitting Node, let it come with the other packages.
want_node() {
  [ ! -x "$node_home/bin/node" ] || PATH=$node_home/bin:$PATH
  if node_fits; then return 0; fi
  refresh_package_lists
  local version
  version=$(apt_version nodejs)
  if [ -n "$version" ] && at_least "${version#*:}" "$node_oldest"; then
    want_packages 'nodejs|builds the web app'$'\n''npm|builds the web app'
  fi
}

# need_node: afterwards `node` and `npm` are ones that fit.
need_node() {
  if node_fits; then return 0; fi
  step "Installing Node $node_install into $node_home"
  note "It builds the web app; the system's own is missing or too old (needs $node_oldest)."
  if ! node_from_nodejs_org; then
    warn "nodejs.org could not be reached (curl's reason is above); trying the npm registry instead"
    node_from_npm ||
      die "neither nodejs.org nor the npm registry could be reached, so Node cannot be installed" \
        "Allow one of those hosts, or install Node $node_oldest or newer with npm yourself, and run this again."
  fi
  hash -r
  PATH=$node_home/bin:$PATH
  node_fits || die "Node is installed but does not run: $(node --version 2>&1 | head -n1)"
}
