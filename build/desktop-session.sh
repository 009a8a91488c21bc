#!/bin/bash
# usage: desktop-session.sh COMMAND [ARG...]
# Runs a command in a desktop of its own, and ends that desktop with it: X display, session bus, unlocked keyring and
# notification daemon (what it shows is printed to $XDG_RUNTIME_DIR/notifications). Nothing of the person's is touched.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run" "$home/data" "$home/config"
export XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config"
# Tests that lock and unlock the keyring look for this, so as never to touch a person's.
export SPEND_GUARD_TEST_SESSION=1
unset WAYLAND_DISPLAY GNOME_KEYRING_CONTROL XDG_CURRENT_DESKTOP

inside='
  gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf password) > /dev/null 2>&1 & keyring=$!
  dunst -print > "$XDG_RUNTIME_DIR/notifications" 2> /dev/null & notifications=$!
  gdbus wait --session --timeout 10 org.freedesktop.secrets
  gdbus wait --session --timeout 10 org.freedesktop.Notifications
  code=0; "$@" || code=$?
  kill "$keyring" "$notifications" 2> /dev/null # a test may have replaced the keyring by another
  exit "$code"'
# A process group of its own, so that a signal ends all of it.
setsid xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' dbus-run-session -- bash -c "$inside" desktop-session "$@" &
session=$!
trap 'kill -- "-$session" 2> /dev/null' INT TERM HUP
code=0
wait "$session" || code=$?
wait "$session" 2> /dev/null || true # the first wait ends with a signal's arrival
exit "$code"
