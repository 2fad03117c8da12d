#!/usr/bin/env bash
# The job from end to end, in the real window, by keyboard: open an article through the file dialog, accept one
# suggestion, reject another, save, kill the program, open the project again, export; then lose a change, recover it.
#
#   tests/e2e/run.sh     needs Xvfb, openbox, xdotool, zenity and ImageMagick's import
#
# Of every failure it tells what was expected, and leaves a picture of the screen in target/e2e.
set -euo pipefail
cd "$(dirname "$0")/../.."

# How long anything may take on a slow machine, in seconds.
DEADLINE=60

root=$PWD
target=${CARGO_TARGET_DIR:-target}
program=$target/debug/rubricator
pictures=$target/e2e
passed=0
window=
app=
running=()

say() { printf '%s\n' "$*"; }

# --- what is started is ended -----------------------------------------------------------------------------------

end() {
    local process
    for process in ${app:+"$app"} ${running[@]+"${running[@]}"}; do
        kill -9 "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$temp"
}

start_screen() {
    local display=$temp/display
    Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp +extension GLX +render -noreset \
        3>"$display" 2>"$temp/xvfb.log" &
    running=("$!")
    wait_for "Xvfb gives a display" test -s "$display"
    DISPLAY=:$(tr -d '[:space:]' <"$display")
    export DISPLAY
    openbox --sm-disable >"$temp/openbox.log" 2>&1 &
    running=("$!" "${running[@]}")
    wait_for "the window manager runs" has_manager
}

has_manager() { xdotool get_desktop >/dev/null 2>&1; }

# --- checks -----------------------------------------------------------------------------------------------------

fail() {
    say "not ok: expected that $1" >&2
    mkdir -p "$pictures"
    local picture="$pictures/failure.png"
    if import -window root "$picture" 2>/dev/null; then say "the screen: $picture" >&2; fi
    if [ -n "$window" ]; then say "the window's title: $(title)" >&2; fi
    if [ -s "$temp/app.log" ]; then
        say "what the program wrote:" >&2
        tail -n 20 "$temp/app.log" >&2
    fi
    say "$passed passed, 1 failed"
    exit 1
}

pass() {
    passed=$((passed + 1))
    say "ok: $1"
}

# WHAT COMMAND…: a condition that holds now.
check() {
    local what=$1
    shift
    if "$@"; then pass "$what"; else fail "$what"; fi
}

# WHAT COMMAND…: a condition that comes to hold.
wait_for() {
    local what=$1 until=$((SECONDS + DEADLINE))
    shift
    until "$@"; do
        if [ "$SECONDS" -ge "$until" ]; then fail "$what"; fi
        if [ -n "$app" ] && ! kill -0 "$app" 2>/dev/null; then fail "the program still runs while waiting: $what"; fi
        sleep 0.1
    done
}

expect() {
    wait_for "$@"
    pass "$1"
}

# SECONDS COMMAND…: whether a condition comes to hold soon.
soon() {
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        if [ "$SECONDS" -ge "$until" ]; then return 1; fi
        sleep 0.1
    done
}

# --- the program and its window ---------------------------------------------------------------------------------

# Nothing of the person's own is touched: settings, journals and what the dialogs remember lie in the private folder.
# Without a session bus the file dialogs are zenity's, which xdotool can drive.
start() {
    env -u WAYLAND_DISPLAY -u XDG_CURRENT_DESKTOP \
        HOME="$temp/home" XDG_CONFIG_HOME="$temp/home" XDG_DATA_HOME="$temp/home" XDG_CACHE_HOME="$temp/home" \
        XDG_RUNTIME_DIR="$temp/home" RUBRICATOR_HOME="$temp/rubricator" \
        DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent NO_AT_BRIDGE=1 GDK_BACKEND=x11 \
        LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 \
        "$program" "$@" >"$temp/app.log" 2>&1 &
    app=$!
    window=
    wait_for "the program shows a window" find_window
}

find_window() {
    window=$(xdotool search --onlyvisible --all --pid "$app" --name 'Rubricator' 2>/dev/null | tail -n 1)
    [ -n "$window" ]
}

# As after a power cut: nothing is written any more, no question is asked.
kill_program() {
    kill -9 "$app"
    wait "$app" 2>/dev/null || true
    app=
    window=
}

title() { xdotool getwindowname "$window" 2>/dev/null || true; }

titled() { [ "$(title)" = "$1" ]; }

active() { [ "$(xdotool getactivewindow 2>/dev/null)" = "$1" ]; }

# Gives a window the keys. Asked again, since a window manager may refuse while another window opens or closes.
activate() {
    local until=$((SECONDS + DEADLINE))
    until active "$1"; do
        if [ "$SECONDS" -ge "$until" ]; then fail "the window can be brought to the front"; fi
        xdotool windowactivate "$1" 2>/dev/null || true
        soon 1 active "$1" || true
    done
}

keys() {
    activate "$window"
    xdotool key --delay 80 "$@"
}

# CONDITION… -- KEY…: presses keys until a condition holds, for dialogs in the window, which xdotool cannot see come.
press_until() {
    local condition=()
    while [ "$1" != -- ]; do
        condition+=("$1")
        shift
    done
    shift
    local until=$((SECONDS + DEADLINE))
    until "${condition[@]}"; do
        if [ "$SECONDS" -ge "$until" ]; then fail "pressing $* leads to: ${condition[*]}"; fi
        keys "$@"
        soon 4 "${condition[@]}" || true
    done
}

# --- the file dialog --------------------------------------------------------------------------------------------

find_dialog() {
    dialog=$(xdotool search --onlyvisible --class '^[Zz]enity$' 2>/dev/null | tail -n 1)
    [ -n "$dialog" ]
}

no_dialog() { ! find_dialog; }

# Types a path into the file dialog that is open and confirms it.
answer_dialog() {
    local until=$((SECONDS + DEADLINE)) dialog
    wait_for "a file dialog opens" find_dialog
    while find_dialog; do
        if [ "$SECONDS" -ge "$until" ]; then fail "the file dialog takes the path $1"; fi
        activate "$dialog"
        xdotool key --delay 80 ctrl+l ctrl+a
        xdotool type --delay 15 "$1"
        # The field looks the path up while it is typed; a confirmation before that is lost.
        sleep 0.7
        if active "$dialog"; then xdotool key Return; fi
        soon 5 no_dialog || true
    done
}

# --- what is on disk --------------------------------------------------------------------------------------------

# The mentions of a project file, each on a line of its own.
mentions() { sed -n '/^mentions: \[$/,/^\],$/p' "$1" 2>/dev/null | grep '^(' || true; }

# FILE STATUS: how many mentions have it because a person said so.
count() { mentions "$1" | grep "status:$2," | grep -c "decision:Some" || true; }

# FILE ACCEPTED REJECTED
holds() { [ -f "$1" ] && [ "$(count "$1" Accepted)" = "$2" ] && [ "$(count "$1" Rejected)" = "$3" ]; }

# FILE STATUS QUOTE
has_mention() { [ -n "$(mentions "$1" | grep "status:$2," | grep "quote:\"$3\"")" ]; }

# Where the journal of the unnamed project is, if there is one.
unnamed_journal() {
    local files=("$temp"/rubricator/data/unnamed/.*.journal)
    journal=${files[0]}
    [ -f "$journal" ]
}

no_unnamed() { ! unnamed_journal; }

journal_has_suggestions() { unnamed_journal && [ "$(grep -o 'status:Suggested' "$journal" | wc -l)" -gt 5 ]; }

# ACTION: the journal has an edit that does this.
journal_records() { grep -q "Record(Did((edit:(action:$1(" "$journal"; }

unnamed_records() { unnamed_journal && journal_records "$1" && journal_records "$2"; }

# What may differ from one version of the engine to the next, or from one run to the next, becomes `…`.
settled() {
    sed -E -e 's/"(id|entity)": "[aem][0-9]+"/"\1": "…"/' -e 's/^( *)"[m][0-9]+"/\1"…"/' \
        -e 's/"(source|score|reason|at|origin)": .*[^,](,?)$/"\1": …\2/' "$1"
}

exported() { [ -s "$temp/window.json" ]; }

# --- the test ---------------------------------------------------------------------------------------------------

main() {
    local dialog='' journal='' project=$temp/fisheries.rubric

    say "# open, accept, reject, save"
    start
    expect "the program starts with the welcome page" titled "Rubricator"
    press_until find_dialog -- ctrl+o
    answer_dialog "$temp/article.txt"
    expect "the article opens in an unnamed project" titled "● Unnamed project - Rubricator"
    expect "suggestions come, and the journal has them" journal_has_suggestions
    keys Tab a x
    expect "the journal has one accepted and one rejected" unnamed_records Accept Reject
    press_until find_dialog -- ctrl+s
    answer_dialog "$project"
    expect "the title has the project's name, without the mark" titled "fisheries - Rubricator"
    check "the file has one accepted and one rejected" holds "$project" 1 1
    check "the first suggestion was accepted" has_mention "$project" Accepted Norway
    check "the second suggestion was rejected" has_mention "$project" Rejected Chile
    expect "nothing of the unnamed project is left" no_unnamed
    kill_program

    say "# open again, export"
    cp "$project" "$temp/saved.rubric"
    # The dialog begins with the format that was written last.
    mkdir -p "$temp/rubricator/config"
    printf '(export: (format: "json"))\n' >"$temp/rubricator/config/settings.ron"
    start "$project"
    press_until titled "fisheries - Rubricator" -- Return
    pass "the project opens by its path, unchanged, once it is taken over from the program that is gone"
    keys ctrl+e
    press_until find_dialog -- Return
    answer_dialog "$temp/window.json"
    expect "the window writes the export" exported
    "$program" export --format json --out "$temp/command.json" "$project"
    check "window and command line export the same bytes" cmp "$temp/window.json" "$temp/command.json"
    mkdir -p "$pictures"
    settled "$temp/window.json" >"$pictures/export.json"
    check "the export is what is expected" diff -u tests/e2e/expected.json "$pictures/export.json"
    check "the project file is as it was" cmp "$temp/saved.rubric" "$project"

    say "# lose a change, recover it"
    keys Tab a
    expect "a change sets the mark" titled "● fisheries - Rubricator"
    journal=$temp/.fisheries.rubric.journal
    expect "the journal has the change" journal_records Accept
    kill_program
    check "the project file does not have the change" holds "$project" 1 1
    start "$project"
    press_until titled "● fisheries - Rubricator" -- Return
    pass "what was not saved is recovered"
    press_until titled "fisheries - Rubricator" -- ctrl+s
    check "the file has the recovered change" has_mention "$project" Accepted agreement
    check "the journal has no change any more" test -z "$(grep 'Record(' "$journal")"
    keys ctrl+z
    expect "undo reaches behind the save" titled "● fisheries - Rubricator"
    press_until titled "fisheries - Rubricator" -- ctrl+s
    keys ctrl+q
    expect_end

    say "$passed passed, 0 failed"
}

expect_end() {
    local status=0
    if ! soon "$DEADLINE" ended; then fail "the program ends when it is told to quit"; fi
    wait "$app" || status=$?
    app=
    window=
    check "the program ends well" test "$status" -eq 0
}

ended() { ! kill -0 "$app" 2>/dev/null; }

for needed in Xvfb openbox xdotool zenity import; do
    command -v "$needed" >/dev/null 2>&1 || { say "$needed is missing; .ci/need window test installs it" >&2; exit 1; }
done
read -r -a cargo_flags <<<"${CARGO_FLAGS:-}"
if [ ! -x "$program" ]; then cargo build ${cargo_flags[@]+"${cargo_flags[@]}"}; fi
case $program in /*) ;; *) program=$root/$program ;; esac

temp=$(mktemp -d)
trap end EXIT
trap 'exit 130' INT TERM
mkdir -m 700 "$temp/home"
cp tests/e2e/article.txt "$temp/article.txt"
start_screen
main
