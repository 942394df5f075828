package dev.pgbound.simulator.fault;

import dev.pgbound.simulator.service.Call;
import dev.pgbound.simulator.service.CallHook;
import dev.pgbound.simulator.service.CallLost;
import dev.pgbound.simulator.service.CallLost.Cause;
import dev.pgbound.simulator.service.CallTroubled;
import dev.pgbound.simulator.service.Nearest;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.ServiceNames;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Trouble;
import dev.pgbound.simulator.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commits the faults that rules ask for. Each rule counts the calls that it is about, whatever
 * becomes of them; the counts go on in the next process that is given the same rule.
 */
public final class Faults implements CallHook {

  private final World world;
  private final Map<String, Counted> rules = new LinkedHashMap<>();
  private final Map<String, Long> restored = new HashMap<>();
  private boolean isChanged;

  /** What the call that is being answered suffers. */
  private final List<Suffered> suffered = new ArrayList<>();

  private record Suffered(FaultKind kind, FaultRule rule) {}

  /** What a rule has seen so far. */
  private static final class Counted {
    private final FaultRule rule;
    private final long before;
    private final Map<String, Integer> repetitions = new HashMap<>();
    private long count;

    Counted(FaultRule rule, long before) {
      this.rule = rule;
      this.before = before;
      this.count = before;
    }
  }

  /** No faults yet. */
  public Faults(World world) {
    this.world = world;
  }

  /**
   * Adds a rule; one that is there already is left as it is.
   *
   * @throws InvalidFaultException when no service has the operation
   */
  public void add(FaultRule rule, Collection<Operations> services) {
    check(rule, services);
    rules.computeIfAbsent(rule.text(), text -> new Counted(rule, restored.getOrDefault(text, 0L)));
  }

  private static void check(FaultRule rule, Collection<Operations> services) {
    if (rule.service().equals(FaultRule.ANY)) {
      return;
    }
    List<String> known =
        services.stream().map(Operations::service).map(ServiceNames::prefix).sorted().toList();
    Operations service =
        services.stream()
            .filter(each -> each.service().equals(rule.service()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidFaultException(
                        rule.text(),
                        0,
                        "There is no service \""
                            + rule.service()
                            + "\"."
                            + Nearest.hint(rule.service(), known)
                            + " There are "
                            + String.join(", ", known)
                            + "."));
    if (!rule.operation().equals(FaultRule.ANY) && service.find(rule.operation()).isEmpty()) {
      List<String> operations = service.all().stream().map(Operations.Operation::name).toList();
      throw new InvalidFaultException(
          rule.text(),
          rule.text().indexOf(':') + 1,
          ServiceNames.prefix(rule.service())
              + " has no operation \""
              + rule.operation()
              + "\"."
              + Nearest.hint(rule.operation(), operations));
    }
  }

  /** Goes on counting where an earlier process has stopped; before any rule is added. */
  public void restore(JsonNode counts) {
    counts.properties().forEach(e -> restored.put(e.getKey(), e.getValue().asLong()));
  }

  /** Whether {@link #write} would write something else than what was restored or written last. */
  public boolean isChanged() {
    return isChanged || !rules.keySet().containsAll(restored.keySet());
  }

  /** Writes how many calls each rule has counted; rules that are no longer given are forgotten. */
  public void write(ObjectNode counts) {
    rules.forEach((text, counted) -> counts.put(text, counted.count));
    restored.clear();
    isChanged = false;
  }

  /** The rules that earlier processes have used up: nothing goes wrong because of them any more. */
  public List<FaultRule> spent() {
    return rules.values().stream()
        .filter(counted -> counted.rule.isSpentAfter(counted.before))
        .map(counted -> counted.rule)
        .toList();
  }

  @Override
  public void before(Call call) {
    suffered.clear();
    for (Counted counted : rules.values()) {
      if (counted.rule.isAbout(call)) {
        next(counted).ifPresent(kind -> suffered.add(new Suffered(kind, counted.rule)));
      }
    }
    suffered.forEach(this::disturb);
  }

  @Override
  public void after(Call call) {
    suffered.stream()
        .filter(each -> each.kind() == FaultKind.FAILED_STATE)
        .forEach(each -> world.fail(each.rule().status(), each.rule().reason()));
    suffered.forEach(each -> loseAnswer(each.kind()));
  }

  /** What the next call of a rule suffers, if anything. */
  private Optional<FaultKind> next(Counted counted) {
    counted.count++;
    isChanged = true;
    FaultRule.Calls calls = counted.rule.calls();
    if (counted.count < calls.first() || counted.count > calls.last()) {
      return Optional.empty();
    }
    List<FaultKind> kinds = counted.rule.kinds();
    if (!calls.areChosenByChance()) {
      return Optional.of(kinds.get(0));
    }
    SplittableRandom chance = chance(counted);
    return chance.nextDouble() < calls.share()
        ? Optional.of(kinds.get(chance.nextInt(kinds.size())))
        : Optional.empty();
  }

  /**
   * Chance that is the same whenever the same calls are made again, in whatever order calls that
   * run side by side come: it depends on what is asked, when, and how often before.
   */
  private SplittableRandom chance(Counted counted) {
    String request = world.ids().requestId();
    int repetition = counted.repetitions.merge(request, 1, Integer::sum);
    long seed = counted.rule.calls().seed();
    return new SplittableRandom(
        (seed + " " + counted.before + " " + repetition).hashCode() * 31L + request.hashCode());
  }

  /** What happens before the call has an effect. */
  private void disturb(Suffered each) {
    switch (each.kind()) {
      case SLOW -> world.slowDown(each.rule().factor());
      case LINGERING_INTERFACES -> world.keepInterfaces(each.rule().duration());
      case THROTTLING -> throw new CallTroubled(Trouble.THROTTLED);
      case SERVER_ERROR -> throw new CallTroubled(Trouble.BROKEN);
      case ACCESS_DENIED -> throw new CallTroubled(Trouble.DENIED);
      case ROLE_NOT_VISIBLE ->
          throw new Fault(
              "AccessDeniedFault",
              "The IAM Role arn:aws:iam::"
                  + World.ACCOUNT
                  + ":role/"
                  + each.rule().value()
                  + " is not configured properly.");
      case RESET_BEFORE -> throw new CallLost(Cause.RESET);
      case HALT_BEFORE -> throw new CallLost(Cause.HALT);
      case FAILED_STATE, RESET_AFTER, HALT_AFTER -> {}
    }
  }

  private static void loseAnswer(FaultKind kind) {
    if (kind == FaultKind.RESET_AFTER) {
      throw new CallLost(Cause.RESET);
    }
    if (kind == FaultKind.HALT_AFTER) {
      throw new CallLost(Cause.HALT);
    }
  }
}
