package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;

/** {@code replication}: the DMS instance, the roles of DMS, and where it runs. */
final class ReplicationSection {

  static final String NAME = "replication";

  private static final String POLICIES = "arn:aws:iam::aws:policy/service-role/";

  private ReplicationSection() {}

  static void expand(Sheet sheet) {
    sheet.section(NAME).ifPresent(section -> expand(sheet, section));
  }

  private static void expand(Sheet sheet, Section replication) {
    if (sheet.section(NetworkSection.NAME).isEmpty()) {
      sheet.needs(NAME, NetworkSection.NAME, replication.pointer());
      return;
    }
    accountRole(sheet, replication, "dms-vpc-role", "AmazonDMSVPCManagementRole");
    accountRole(sheet, replication, "dms-cloudwatch-logs-role", "AmazonDMSCloudWatchLogsRole");
    Draft subnets =
        sheet
            .add("dms-subnet-group", "main", replication.pointer())
            .set("replicationSubnetGroupDescription", "Replication of " + sheet.migration())
            .set("subnetIds", NetworkSection.subnets(sheet));
    sheet
        .add("dms-instance", "main", replication.pointer())
        .take("replicationInstanceClass", replication, "instance")
        .take("allocatedStorage", replication, "storage")
        .take("engineVersion", replication, "version")
        .set("multiAZ", false)
        .take("multiAZ", replication, "multiAz")
        .set("autoMinorVersionUpgrade", true)
        .take("preferredMaintenanceWindow", replication, "maintenanceWindow")
        // The service's own default is public.
        .set("publiclyAccessible", false)
        .set("replicationSubnetGroupIdentifier", subnets.ref())
        .set("vpcSecurityGroupIds", List.of("${security-group.main}"));
  }

  /** DMS looks for these two roles by their fixed names; a whole account has them once. */
  private static void accountRole(Sheet sheet, Section cause, String name, String policy) {
    sheet
        .add("iam-role", name, cause.pointer())
        .shared()
        .set("roleName", name)
        .set("assumeRolePolicyDocument", Json.trust("dms.amazonaws.com"))
        .set("managedPolicyArns", List.of(POLICIES + policy));
  }

  /** The role with which DMS reads the secrets of the endpoints that the other sections made. */
  static void secretsRole(Sheet sheet) {
    List<Value> secrets = new ArrayList<>();
    for (String name : List.of("source", "target")) {
      sheet
          .find("secret", name)
          .filter(secret -> sheet.find("dms-endpoint", name).isPresent())
          .ifPresent(secret -> secrets.add(Value.of(secret.ref("arn"))));
    }
    if (secrets.isEmpty()) {
      return;
    }
    Value read =
        Json.fields(
            "Effect",
            "Allow",
            "Action",
            List.of("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"),
            "Resource",
            new Value.Items(secrets));
    sheet
        .add("iam-role", "secrets", Pointer.of(NAME))
        .set(
            "assumeRolePolicyDocument",
            Json.trust("dms." + sheet.region() + ".amazonaws.com", "dms.amazonaws.com"))
        .set("inlinePolicies", Json.fields("secrets", Json.policy(read)));
  }

  static Draft connectionTest(Sheet sheet, Draft endpoint, Pointer cause) {
    return sheet
        .add("dms-connection-test", endpoint.address().name(), cause)
        .set("endpointArn", endpoint.ref())
        .set("replicationInstanceArn", ref(new Address("dms-instance", "main")));
  }

  private static String ref(Address address) {
    return "${" + address + "}";
  }
}
