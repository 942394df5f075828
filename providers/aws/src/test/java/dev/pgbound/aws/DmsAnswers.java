package dev.pgbound.aws;

import java.util.List;

/** What the canned DMS answers about the objects of the migration {@code hr}. */
final class DmsAnswers {

  static final String ARN = "arn:aws:dms:eu-central-1:123456789012:";

  private DmsAnswers() {}

  /** A page of a describe call. */
  static String page(String member, String... objects) {
    return "{\"%s\":%s}".formatted(member, List.of(objects));
  }

  /** The tags of one object, as pgbound leaves them. */
  static String tags(String address, String arn) {
    return """
        {"TagList":[{"Key":"pgbound:migration","Value":"hr","ResourceArn":"%2$s"},
          {"Key":"pgbound:address","Value":"%1$s","ResourceArn":"%2$s"}]}
        """
        .formatted(address, arn);
  }

  /** The answer of the tagging API while it knows no object yet. */
  static String emptyIndex() {
    return "{\"ResourceTagMappingList\":[]}";
  }

  static String connection(String endpoint, String instance, String status, String failure) {
    return """
        {"EndpointArn":"%sendpoint:%s","ReplicationInstanceArn":"%srep:%s","Status":"%s",
         "EndpointIdentifier":"%s","ReplicationInstanceIdentifier":"%s",
         "LastFailureMessage":"%s"}
        """
        .formatted(ARN, endpoint, ARN, instance, status, endpoint, instance, failure);
  }

  static String task(String status) {
    return "{\"ReplicationTaskIdentifier\":\"hr\",\"Status\":\"%s\"}".formatted(status);
  }
}
