package dev.pgbound.aws;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value.Fields;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Changes the rules of a security group to the declared ones, by the difference only: a rule that
 * stays is never revoked, because that would drop its connections.
 *
 * @param attribute the attribute with the rules of this direction
 * @param authorize EC2's call that adds rules
 * @param describe EC2's call that changes descriptions
 * @param revoke EC2's call that removes rules
 */
record SecurityGroupChange(
    String attribute,
    Consumer<Fields> authorize,
    Consumer<Fields> describe,
    Consumer<Fields> revoke) {

  static List<SecurityGroupChange> directions(Ec2Client ec2) {
    return List.of(
        new SecurityGroupChange(
            "ingress",
            request -> ec2.authorizeSecurityGroupIngress(r -> Shapes.fill(r, request)),
            request -> ec2.updateSecurityGroupRuleDescriptionsIngress(r -> Shapes.fill(r, request)),
            request -> ec2.revokeSecurityGroupIngress(r -> Shapes.fill(r, request))),
        new SecurityGroupChange(
            "egress",
            request -> ec2.authorizeSecurityGroupEgress(r -> Shapes.fill(r, request)),
            request -> ec2.updateSecurityGroupRuleDescriptionsEgress(r -> Shapes.fill(r, request)),
            request -> ec2.revokeSecurityGroupEgress(r -> Shapes.fill(r, request))));
  }

  /** Allows what is missing before it revokes what is too much, so that no gap opens. */
  void apply(Live live, Fields desired) {
    if (!desired.has(attribute)) {
      return;
    }
    Map<Fields, Fields> wanted = SecurityGroupRules.byIdentity(desired.items(attribute));
    Map<Fields, Fields> present = SecurityGroupRules.byIdentity(live.attributes().items(attribute));
    ListChange change = ListChange.between(wanted, present);
    call(authorize, live, change.missing());
    call(describe, live, change.different());
    call(revoke, live, change.extra());
  }

  private static void call(Consumer<Fields> call, Live live, Collection<Fields> rules) {
    if (!rules.isEmpty()) {
      call.accept(SecurityGroupRules.request(live.identifier(), rules));
    }
  }
}
