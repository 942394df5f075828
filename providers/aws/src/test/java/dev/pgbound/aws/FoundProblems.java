package dev.pgbound.aws;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a check finds, as {@code ERROR path CODE}. */
final class FoundProblems implements Problems {

  private final List<String> found = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  /** What the check of a resource finds. */
  static FoundProblems in(ResourceType type, Value.Fields declared) {
    FoundProblems problems = new FoundProblems();
    Address address = new Address(type.schema().type(), "main");
    type.check(new ResourceType.Declared(address, declared), problems);
    return problems;
  }

  List<String> found() {
    return found;
  }

  /** The same without severity and with the code first, as {@code CODE path}. */
  List<String> codes() {
    return found.stream().map(one -> one.split(" ", 3)).map(p -> p[2] + " " + p[1]).toList();
  }

  List<String> details() {
    return details;
  }

  @Override
  public void error(String path, String code, String summary, String detail) {
    found.add("ERROR " + path + " " + code);
    details.add(detail);
  }

  @Override
  public void warning(String path, String code, String summary, String detail) {
    found.add("WARNING " + path + " " + code);
    details.add(detail);
  }
}
