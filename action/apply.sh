#!/usr/bin/env bash
# Applies a saved plan, if it is the one that was approved. That its content fits its digest, and that AWS
# is as it was when it was planned, is what apply itself makes sure of.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ -z "${INPUT_DIGEST:-}" ]; then
  tell error "Set the input digest to that of the plan that was approved, which is an output of the plan."
  exit 64
fi
if [ ! -f "$INPUT_PLAN" ]; then
  tell error "There is no saved plan $INPUT_PLAN. Download the artifact of the job that planned."
  exit 65
fi
digest=$(jq -r '.digest // empty' "$INPUT_PLAN")
if [ "$digest" != "$INPUT_DIGEST" ]; then
  tell error "The plan is not the one that was approved: its digest is ${digest:-missing}, approved was $INPUT_DIGEST. Nothing was written."
  exit 3
fi

mkdir -p "$out"
read -r -a more <<<"${INPUT_ARGUMENTS:-}"
code=0
run_pgbound apply "$INPUT_PLAN" --auto-approve "${more[@]}" || code=$?
{
  echo "## pgbound apply"
  echo
  echo "\`$digest\` ended with exit code $code."
} >>"$GITHUB_STEP_SUMMARY"
[ "$code" = 0 ] || tell error "apply ended with exit code $code."
exit "$code"
