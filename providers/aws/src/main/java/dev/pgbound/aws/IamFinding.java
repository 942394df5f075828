package dev.pgbound.aws;

import dev.pgbound.spi.Problems;

/** What the checks of IAM roles find: above all what DMS demands of the roles that it looks for. */
enum IamFinding {
  FIXED_NAME_CASE(
      "IAM-001",
      Kind.ERROR,
      "Role name in the wrong case",
      "DMS looks for its roles by exact names, in lower case."),
  FIXED_ROLE_POLICY(
      "IAM-002",
      Kind.ERROR,
      "Role of DMS without its managed policy",
      "DMS refuses a role of this name that does not have the policy of AWS that belongs to it."),
  FIXED_ROLE_TRUST(
      "IAM-003",
      Kind.ERROR,
      "Role of DMS that does not trust DMS",
      "Let assumeRolePolicyDocument allow sts:AssumeRole to the service dms.amazonaws.com."),
  FIXED_ROLE_CONDITION(
      "IAM-004",
      Kind.WARNING,
      "Condition in the trust of a role of DMS",
      "A condition on the source account or ARN keeps DMS from using the role, for instance from"
          + " making its log groups. Leave the condition out."),
  NOT_A_DOCUMENT(
      "IAM-005",
      Kind.ERROR,
      "Policy is not a JSON document",
      "Write the policy as YAML, or as a text that holds a JSON object.");

  private enum Kind {
    ERROR,
    WARNING
  }

  private final String code;
  private final Kind kind;
  private final String summary;
  private final String advice;

  IamFinding(String code, Kind kind, String summary, String advice) {
    this.code = code;
    this.kind = kind;
    this.summary = summary;
    this.advice = advice;
  }

  void report(Problems problems, String path) {
    report(problems, path, "");
  }

  /**
   * @param what says what it is in this very file, as a full sentence
   */
  void report(Problems problems, String path, String what) {
    String detail = what.isEmpty() ? advice : what + " " + advice;
    switch (kind) {
      case ERROR -> problems.error(path, code, summary, detail);
      case WARNING -> problems.warning(path, code, summary, detail);
    }
  }
}
