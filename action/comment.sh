#!/usr/bin/env bash
# Shows the plan in one comment of the pull request: writes it, or brings the one that is there up to
# date. It is found by its hidden first line, among the comments of whom the token belongs to.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

number=$(jq -r '.pull_request.number // .issue.number // empty' "$GITHUB_EVENT_PATH")
if [ -z "$number" ]; then
  echo "This run belongs to no pull request, so there is nowhere to comment."
  exit 0
fi
if [ -z "${INPUT_TOKEN:-}" ]; then
  tell error "There is no token to comment with. Leave the input token out, which takes the one of the job, or set comment to false."
  exit 1
fi
comments="${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY/issues"
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# call METHOD ADDRESS [FILE]: prints the status. The token goes through a pipe, since whoever lists the
# processes sees the arguments of curl.
call() {
  printf 'header = "Authorization: Bearer %s"\n' "$INPUT_TOKEN" |
    curl --config - --silent --show-error --retry 3 --max-time 60 \
      --request "$1" --header 'Accept: application/vnd.github+json' \
      ${3:+--header 'Content-Type: application/json' --data-binary "@$3"} \
      --output "$answer" --write-out '%{http_code}' "$2"
}

# A pull request from a fork has a token that may only read: that is no mistake of the pull request.
refused() {
  case "$1" in
    401 | 403 | 404)
      tell warning "The token may not comment on this pull request (HTTP $1), as with pull requests from forks. The plan is in the summary and the artifact of this run."
      exit 0
      ;;
    *)
      tell error "GitHub did not take the comment (HTTP $1): $(jq -r '.message // empty' "$answer" 2>/dev/null | head -c 300 | tr '\n' ' ')"
      exit 1
      ;;
  esac
}

marker=$(head -n 1 "$out/plan.md")
id=
page=1
while [ -z "$id" ]; do
  status=$(call GET "$comments/$number/comments?per_page=100&page=$page")
  [ "$status" = 200 ] || refused "$status"
  id=$(jq -r --arg marker "$marker" --arg author "${INPUT_AUTHOR:-}" '
    [.[] | select(.user.login == $author and (.body | split("\n")[0] | rtrimstr("\r")) == $marker)]
    | .[0].id // empty' "$answer")
  [ "$(jq length "$answer")" = 100 ] || break
  page=$((page + 1))
done

body=$out/comment.json
jq --raw-input --slurp '{body: .}' "$out/plan.md" >"$body"
if [ -n "$id" ]; then
  status=$(call PATCH "$comments/comments/$id" "$body")
else
  status=$(call POST "$comments/$number/comments" "$body")
fi
rm -f "$body"
case "$status" in
  200 | 201) echo "The plan is in a comment of pull request $number." ;;
  *) refused "$status" ;;
esac
