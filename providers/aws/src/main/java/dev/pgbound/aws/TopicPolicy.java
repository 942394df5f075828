package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statement of a topic's policy in which pgbound lets services publish; others stay. */
final class TopicPolicy {

  private static final String STATEMENT = "PgboundPublishers";

  private TopicPolicy() {}

  /** The services that may publish by our statement, as long as it says what we wrote. */
  static List<String> publishers(String policy, String topicArn) {
    return statements(policy).stream()
        .filter(TopicPolicy::isOurs)
        .filter(one -> isMeant(one, topicArn))
        .flatMap(statement -> services(statement.fields("Principal")).stream())
        .toList();
  }

  private static boolean isMeant(Value.Fields statement, String topicArn) {
    Value.Fields meant = statement(topicArn, services(statement.fields("Principal")));
    return Normalizers.policy(statement).equals(Normalizers.policy(meant));
  }

  private static Value.Fields statement(String topicArn, List<String> services) {
    return Value.Fields.NONE
        .with("Sid", STATEMENT)
        .with("Effect", "Allow")
        .with("Principal", Value.Fields.NONE.with("Service", Value.of(services)))
        .with("Action", "sns:Publish")
        .with("Resource", topicArn);
  }

  /** {@code policy} with our statement for these services, or without it for none. */
  static String with(String policy, String topicArn, List<String> services) {
    List<Value> statements = new ArrayList<>();
    statements(policy).stream().filter(one -> !isOurs(one)).forEach(statements::add);
    if (!services.isEmpty()) {
      statements.add(statement(topicArn, services));
    }
    return Json.write(
        Value.Fields.NONE
            .with("Version", "2012-10-17")
            .with("Statement", new Value.Items(statements)));
  }

  private static List<Value.Fields> statements(String policy) {
    Optional<Value> document = Json.parse(policy);
    List<Value.Fields> statements = new ArrayList<>();
    if (document.isPresent() && document.get() instanceof Value.Fields fields) {
      for (Value item : fields.items("Statement")) {
        if (item instanceof Value.Fields statement) {
          statements.add(statement);
        }
      }
    }
    return statements;
  }

  private static boolean isOurs(Value.Fields statement) {
    return statement.text("Sid").equals(Optional.of(STATEMENT));
  }

  /** AWS returns a list of one as a plain text. */
  private static List<String> services(Value.Fields principal) {
    return principal.text("Service").map(List::of).orElseGet(() -> principal.texts("Service"));
  }
}
