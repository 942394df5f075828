package dev.pgbound.simulator.fault;

import dev.pgbound.simulator.fault.FaultRule.Calls;
import dev.pgbound.simulator.service.Nearest;
import dev.pgbound.simulator.service.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people write a {@link FaultRule}: {@code SERVICE:OPERATION:CALLS:KIND[=VALUE]}.
 *
 * <pre>
 * dms:CreateReplicationInstance:1:throttling          the first call
 * dms:CreateReplicationSubnetGroup:1-6:role-not-visible   the first six
 * rds:*:*:slow=4                                      every call of a service
 * *:17:halt-after                                     the 17th of all calls
 * *:30%@42:throttling+server-error+reset-after        30 % of all calls, seed 42
 * </pre>
 */
final class FaultSyntax {

  private static final Pattern CALLS =
      Pattern.compile("(\\*)|([1-9]\\d{0,8})(?:(-)([1-9]\\d{0,8})?)?");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,2}|100)%(?:@(\\d{1,9}))?");
  private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,4})([smh])");
  private static final Pattern FACTOR = Pattern.compile("[1-9]\\d{0,3}");

  private final String text;

  /** Where the part that is being read begins. */
  private int at;

  FaultSyntax(String text) {
    this.text = text;
  }

  FaultRule rule() {
    String service = part();
    String operation = service.equals(FaultRule.ANY) ? FaultRule.ANY : part();
    Calls calls = calls();
    String rest = text.substring(at);
    int equals = rest.indexOf('=');
    List<FaultKind> kinds = kinds(equals < 0 ? rest : rest.substring(0, equals), calls);
    String value = equals < 0 ? usualValue(kinds) : value(kinds, equals + 1);
    checkFitness(kinds, service, operation);
    return new FaultRule(text, ServiceNames.signing(service), operation, calls, kinds, value);
  }

  /** The text up to the next colon; what follows is the next part. */
  private String part() {
    int colon = text.indexOf(':', at);
    if (colon <= at) {
      throw wrong(
          "A fault is written as SERVICE:OPERATION:CALLS:KIND, such as"
              + " dms:CreateReplicationTask:1:throttling.");
    }
    String part = text.substring(at, colon);
    at = colon + 1;
    return part;
  }

  private Calls calls() {
    int begin = at;
    String written = part();
    Matcher range = CALLS.matcher(written);
    Matcher share = SHARE.matcher(written);
    if (share.matches()) {
      long seed = share.group(2) == null ? 0 : Long.parseLong(share.group(2));
      return new Calls(1, Long.MAX_VALUE, Integer.parseInt(share.group(1)) / 100.0, seed);
    }
    if (!range.matches()) {
      at = begin;
      throw wrong(
          "\""
              + written
              + "\" says no calls: write 3 for the third, 1-3 for the first three, * for every"
              + " one, or 30%@42 for 30 % by chance with seed 42.");
    }
    if (range.group(1) != null) {
      return new Calls(1, Long.MAX_VALUE, 1, 0);
    }
    long first = Long.parseLong(range.group(2));
    if (range.group(3) == null) {
      return new Calls(first, first, 1, 0);
    }
    long last = range.group(4) == null ? Long.MAX_VALUE : Long.parseLong(range.group(4));
    if (last < first) {
      at = begin;
      throw wrong("\"" + written + "\" ends before it begins.");
    }
    return new Calls(first, last, 1, 0);
  }

  private List<FaultKind> kinds(String words, Calls calls) {
    List<FaultKind> kinds = new ArrayList<>();
    int begin = at;
    for (String word : words.split("\\+", -1)) {
      kinds.add(
          FaultKind.of(word)
              .orElseThrow(
                  () ->
                      wrong(
                          "There is no kind of fault \""
                              + word
                              + "\"."
                              + Nearest.hint(word, FaultKind.words())
                              + " There are "
                              + String.join(", ", FaultKind.words())
                              + ".")));
      at += word.length() + 1;
    }
    at = begin;
    if (kinds.size() > 1 && !calls.areChosenByChance()) {
      throw wrong("Several kinds go with calls that chance picks, such as 30%@42.");
    }
    return kinds;
  }

  private static String usualValue(List<FaultKind> kinds) {
    return kinds.size() == 1 ? kinds.get(0).usualValue().orElse("") : "";
  }

  private String value(List<FaultKind> kinds, int offset) {
    FaultKind kind = kinds.get(0);
    String value = text.substring(at + offset);
    at += offset;
    if (kinds.size() > 1 || kind.usualValue().isEmpty()) {
      throw wrong(
          (kinds.size() > 1 ? "Several kinds together take" : kind.word() + " takes")
              + " no value.");
    }
    if (kind == FaultKind.SLOW && !FACTOR.matcher(value).matches()) {
      throw wrong("slow takes a factor, such as slow=4.");
    }
    if (kind == FaultKind.LINGERING_INTERFACES && !DURATION.matcher(value).matches()) {
      throw wrong("lingering-interfaces takes a duration, such as lingering-interfaces=12m.");
    }
    if (value.isBlank()) {
      throw wrong("There is nothing behind the \"=\".");
    }
    at -= offset;
    return value;
  }

  /** Some kinds mean nothing for some operations; a fault that does nothing is a mistake. */
  private void checkFitness(List<FaultKind> kinds, String service, String operation) {
    if (kinds.contains(FaultKind.ROLE_NOT_VISIBLE) && !service.equals("dms")) {
      throw wrong("role-not-visible is what DMS answers; it goes with operations of dms.");
    }
    if (kinds.contains(FaultKind.FAILED_STATE) && operation.startsWith("Delete")) {
      throw wrong("failed-state goes with operations that create, change, test or start.");
    }
    for (FaultKind kind : kinds) {
      if (kinds.size() > 1 && kind.usualValue().isPresent()) {
        throw wrong(kind.word() + " cannot be one of several kinds.");
      }
    }
  }

  /** A checked duration, such as {@code 12m}. */
  static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalStateException(text);
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private InvalidFaultException wrong(String message) {
    return new InvalidFaultException(text, at, message);
  }
}
