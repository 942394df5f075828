package dev.pgbound.simulator.service.sns;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.QueryProtocol;
import dev.pgbound.simulator.world.World;
import java.util.Optional;

/** SNS: topics and who is subscribed to them. Nothing is ever delivered. */
public final class Sns {

  private final Topics topics;
  private final SubscriptionOperations subscriptions;

  /** SNS in {@code world}. */
  public Sns(World world) {
    Subscriptions subscriptions = new Subscriptions(world);
    this.topics = new Topics(world, subscriptions);
    this.subscriptions = new SubscriptionOperations(world, topics, subscriptions);
  }

  /** What the service answers to. */
  public Operations operations() {
    Operations operations = new Operations("sns", QueryProtocol.QUERY);
    topics.register(operations);
    subscriptions.register(operations);
    return operations;
  }

  /**
   * The policy that says who may publish to a topic, for the services that do; empty when there is
   * no such topic in the region.
   */
  public Optional<String> policy(String topicArn) {
    return topics.policy(topicArn);
  }
}
