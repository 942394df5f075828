package dev.pgbound.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command tells the shell. */
public enum ExitCode {
  DONE(0, "Done; also a plan with changes, unless --detailed-exitcode asks for 2."),
  FAILED(1, "Failed."),
  CHANGES(2, "There are changes, with --detailed-exitcode."),
  REFUSED(3, "Refused; nothing was written."),
  PARTLY_APPLIED(4, "Partly applied; the same command continues."),
  LOCKED(6, "Somebody else holds the lock; nothing was written."),
  WRONG_COMMAND_LINE(64, "Wrong command line."),
  INVALID_FILE(65, "The file is invalid."),
  UNREACHABLE(69, "AWS cannot be reached, or there are no credentials."),
  INTERRUPTED(130, "Interrupted.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** All codes with what they mean, for the help. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode one : values()) {
      meanings.put(Integer.toString(one.code), one.meaning);
    }
    return meanings;
  }
}
