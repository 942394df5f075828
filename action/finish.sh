#!/usr/bin/env bash
# Ends the job as plan ended, once everybody can see the plan. That there are changes (2) is no failure.
set -euo pipefail

case "${EXIT_CODE:-}" in
  0 | 2) ;;
  '')
    echo "::error title=pgbound::plan did not run."
    exit 1
    ;;
  *)
    echo "::error title=pgbound::plan ended with exit code $EXIT_CODE."
    exit "$EXIT_CODE"
    ;;
esac
