#!/usr/bin/env bash
# Plans, and leaves the plan in all its forms, the summary of the step and annotations. Ends with 0
# whatever the plan says: the exit code is an output, so that the plan is shown before the job fails.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

rm -rf "$out"
mkdir -p "$out"
read -r -a more <<<"${INPUT_ARGUMENTS:-}"
code=0
run_pgbound plan "$INPUT_FILE" --detailed-exitcode "${more[@]}" \
  --write "markdown=$out/plan.md" --write "json=$out/plan.json" \
  --write "html=$out/plan.html" --write "sarif=$out/plan.sarif" || code=$?

# Without a plan the comment says why: one of an earlier run would be taken for this one.
if [ ! -f "$out/plan.md" ]; then
  {
    echo "<!-- pgbound plan $INPUT_FILE -->"
    echo "## pgbound: there is no plan"
    echo
    echo "\`plan\` ended with exit code $code:"
    echo
    echo '````text'
    tail -n 40 "$out/stderr" | tr '`' "'" | cut -c 1-500
    echo '````'
  } >"$out/plan.md"
fi
rm -f "$out/stderr"
cat "$out/plan.md" >>"$GITHUB_STEP_SUMMARY"

# GitHub shows ten annotations of a kind, so the first ten of each have to do.
if [ -f "$out/plan.sarif" ]; then
  jq -r '
    def data: gsub("%"; "%25") | gsub("\r"; "%0D") | gsub("\n"; "%0A");
    def property: data | gsub(":"; "%3A") | gsub(","; "%2C");
    {error: "error", warning: "warning", note: "notice"} as $words
    | [.runs[].results[]
        | {level: $words[.level // "warning"], rule: .ruleId, text: .message.text,
           at: (.locations[0].physicalLocation // {})}
        | select(.level)]
    | group_by(.level)[] | .[:10][]
    | "::\(.level) title=\(.rule | property)"
      + (if .at.artifactLocation.uri then ",file=\(.at.artifactLocation.uri | property)" else "" end)
      + (if .at.region.startLine then ",line=\(.at.region.startLine)" else "" end)
      + (if .at.region.startColumn then ",col=\(.at.region.startColumn)" else "" end)
      + "::\(.text | data)"
  ' "$out/plan.sarif"
fi

{
  echo "exit-code=$code"
  [ "$code" = 2 ] && echo "changes=true" || echo "changes=false"
  if [ -f "$out/plan.json" ]; then
    jq -r '"digest=\(.digest // "" | gsub("[^a-z0-9:]"; ""))",
           "worst=\(.summary.worst // "" | gsub("[^a-z-]"; ""))"' "$out/plan.json"
  fi
} >>"$GITHUB_OUTPUT"
