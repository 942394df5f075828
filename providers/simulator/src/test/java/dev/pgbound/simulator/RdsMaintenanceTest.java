package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;

/** What RDS announces. */
class RdsMaintenanceTest {

  private final RdsClient rds = Clients.client(RdsClient.builder(), SimulatedAws.inMemory());

  @Test
  void announcesNothingAndRefusesWhatItDoesNotKnow() {
    assertThat(rds.describePendingMaintenanceActions().pendingMaintenanceActions()).isEmpty();
    assertRefused(
        "ResourceNotFoundFault",
        () ->
            rds.describePendingMaintenanceActions(
                r -> r.resourceIdentifier("arn:aws:rds:us-east-1:123456789012:cluster:none")));
  }
}
