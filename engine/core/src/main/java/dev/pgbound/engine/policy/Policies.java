package dev.pgbound.engine.policy;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.Template;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The policies of a file. The library that evaluates them is loaded only where there are some. */
public final class Policies {

  /** The policies of a file that has none. */
  public static final Policies NONE = new Policies(List.of());

  private final List<Policy> policies;

  private Policies(List<Policy> policies) {
    this.policies = List.copyOf(policies);
  }

  /** Reads the policies of a file, and reports the expressions that cannot be understood. */
  public static Policies read(Document document, Diagnostics sink) {
    List<Policy> policies = new ArrayList<>();
    for (Map.Entry<String, Value> entry :
        document.root().fields(FileSchema.POLICIES).fields().entrySet()) {
      if (entry.getValue() instanceof Value.Fields policy
          && policy.text("rule").isPresent()
          && policy.text("message").isPresent()) {
        Pointer place = Pointer.of(FileSchema.POLICIES, entry.getKey(), "rule");
        String rule = literal(policy, "rule");
        CelRule.mistake(rule)
            .ifPresent(
                mistake ->
                    sink.error(
                        Code.POLICY_SYNTAX,
                        mistake.text() + ".",
                        mistake.range(document.map(), place),
                        place));
        policies.add(new Policy(entry.getKey(), rule, literal(policy, "message")));
      }
    }
    return policies.isEmpty() ? NONE : new Policies(policies);
  }

  private static String literal(Value.Fields policy, String key) {
    Value value = Template.parse(policy.text(key).orElse("")).resolve(expression -> Value.of(""));
    return value instanceof Value.Text text ? text.text() : "";
  }

  /** The plan, refused where it does not meet a policy. A rule that fails counts as not met. */
  public Plan judge(Plan plan) {
    if (policies.isEmpty()) {
      return plan;
    }
    PlanFacts facts = PlanFacts.of(plan);
    List<Refusal> refusals = new ArrayList<>();
    for (Policy policy : policies) {
      CelRule rule = CelRule.of(policy.rule());
      if (rule.isAboutChanges()) {
        refusals.addAll(judgeChanges(policy, rule, facts));
      } else {
        rule.ask(facts.plan(), Map.of())
            .objection()
            .ifPresent(why -> refusals.add(refusal(policy, Optional.empty(), why)));
      }
    }
    return plan.refused(refusals);
  }

  /** One refusal for each change, but only one for a rule that fails: it tends to fail for all. */
  private static List<Refusal> judgeChanges(Policy policy, CelRule rule, PlanFacts facts) {
    List<Refusal> refusals = new ArrayList<>();
    boolean failed = false;
    for (Map.Entry<Address, Map<String, Object>> change : facts.changes().entrySet()) {
      CelRule.Verdict verdict = rule.ask(facts.plan(), change.getValue());
      if (verdict.objection().isPresent() && !(verdict.isFailure() && failed)) {
        refusals.add(refusal(policy, Optional.of(change.getKey()), verdict.objection().get()));
      }
      failed |= verdict.isFailure();
    }
    return refusals;
  }

  private static Refusal refusal(Policy policy, Optional<Address> address, String why) {
    String text =
        String.format(
            Locale.ROOT,
            "Policy %s: %s%s",
            policy.name(),
            policy.message(),
            why.isEmpty() ? "" : " (" + why + ")");
    return new Refusal(Refusal.POLICY, address, text);
  }
}
