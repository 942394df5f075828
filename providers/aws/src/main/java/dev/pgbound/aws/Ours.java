package dev.pgbound.aws;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which objects belong to a migration: by their tags, and by the names in the file, because the
 * index of tags lags behind.
 */
final class Ours {

  /** Where the file names an object of a type. */
  private static final Map<String, String> NAMES =
      Map.of(
          "dms-task", "replicationTaskIdentifier",
          "dms-serverless", "replicationConfigIdentifier",
          "dms-instance", "replicationInstanceIdentifier",
          "dms-endpoint", "endpointIdentifier",
          "cloudwatch-alarm", "alarmName",
          "db-cluster", "dbClusterIdentifier",
          "db-instance", "dbInstanceIdentifier");

  private static final ArnKind ALARM = new ArnKind("cloudwatch", "alarm:");
  private static final ArnKind VPC_ENDPOINT = new ArnKind("ec2", "vpc-endpoint/");

  private final Map<Address, Fields> declared = new TreeMap<>();
  private final Map<String, Map<String, String>> tagged;

  /**
   * @param tagged the tags of the migration's objects by ARN
   */
  Ours(List<Declared> declared, Map<String, Map<String, String>> tagged) {
    declared.forEach(one -> this.declared.put(one.address(), one.attributes()));
    this.tagged = tagged;
  }

  /** The declared resources of a type. */
  List<Address> addresses(String type) {
    return declared.keySet().stream().filter(address -> address.type().equals(type)).toList();
  }

  Fields attributes(Address address) {
    return declared.getOrDefault(address, Fields.NONE);
  }

  /** What the file calls the object of a resource; its address where it names none. */
  String name(Address address) {
    return attributes(address).text(nameAttribute(address.type())).orElse(address.toString());
  }

  boolean has(String type, String arn, String name) {
    return isTagged(arn) || declaredAs(type, name).isPresent();
  }

  boolean isTagged(String arn) {
    return tagged.containsKey(arn);
  }

  boolean hasTagged(ArnKind kind) {
    return tagged.keySet().stream().anyMatch(kind::matches);
  }

  /** The declared resource that an object is. */
  Optional<Address> address(String type, String arn, String name) {
    return Optional.ofNullable(tagged.get(arn))
        .map(tags -> tags.getOrDefault(Live.ADDRESS_TAG, ""))
        .flatMap(Address::parse)
        .filter(declared::containsKey)
        .or(() -> declaredAs(type, name));
  }

  private Optional<Address> declaredAs(String type, String name) {
    return addresses(type).stream()
        .filter(
            address ->
                attributes(address)
                    .text(nameAttribute(type))
                    .filter(declaredName -> declaredName.equalsIgnoreCase(name))
                    .isPresent())
        .findFirst();
  }

  /** Names of alarms, which are not turned into lower case. */
  List<String> alarms() {
    TreeSet<String> names = new TreeSet<>();
    addresses("cloudwatch-alarm")
        .forEach(address -> attributes(address).text("alarmName").ifPresent(names::add));
    tagged.keySet().stream()
        .filter(ALARM::matches)
        .forEach(arn -> names.add(DmsObjects.lastPart(arn)));
    return List.copyOf(names);
  }

  /** The identifiers of the endpoints of VPCs that carry the migration's tag. */
  List<String> vpcEndpoints() {
    return tagged.keySet().stream()
        .filter(VPC_ENDPOINT::matches)
        .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
        .toList();
  }

  private static String nameAttribute(String type) {
    return Objects.requireNonNull(NAMES.get(type), type);
  }
}
