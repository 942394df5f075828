package dev.pgbound.tables;

import dev.pgbound.spi.Problems;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a check finds, as {@code CODE path}, without the path of the rules. */
public final class FoundProblems implements Problems {

  private final List<String> codes = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  public List<String> codes() {
    return codes;
  }

  public List<String> details() {
    return details;
  }

  @Override
  public void error(String path, String code, String summary, String detail) {
    codes.add(code + " " + path.replace("tableMappings.rules", ""));
    details.add(detail);
  }

  @Override
  public void warning(String path, String code, String summary, String detail) {
    error(path, code, summary, detail);
  }
}
