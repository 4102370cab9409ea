#!/bin/sh
# The browser tests drive Debian's chromium; pages are Chinese, so a CJK font is needed.
set -eu
if command -v chromium >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q .; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium fonts-noto-cjk fontconfig >/dev/null
  exit 0
fi
echo "The browser tests need chromium and a CJK font: install the packages chromium and fonts-noto-cjk." >&2
exit 1
