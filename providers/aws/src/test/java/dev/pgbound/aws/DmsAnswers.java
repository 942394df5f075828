package dev.pgbound.aws;

import java.util.List;
import java.util.Locale;

/** What the canned DMS answers about the objects of the migration {@code hr}. */
final class DmsAnswers {

  static final String ARN = "arn:aws:dms:eu-central-1:123456789012:";

  private DmsAnswers() {}

  /** A page of a describe call. */
  static String page(String member, String... objects) {
    return String.format(Locale.ROOT, "{\"%s\":%s}", member, List.of(objects));
  }

  /** The tags of one object, as pgbound leaves them. */
  static String tags(String address, String arn) {
    return String.format(
        Locale.ROOT,
        """
        {"TagList":[{"Key":"pgbound:migration","Value":"hr","ResourceArn":"%2$s"},
          {"Key":"pgbound:address","Value":"%1$s","ResourceArn":"%2$s"}]}
        """,
        address,
        arn);
  }

  /** The answer of the tagging API while it knows no object yet. */
  static String emptyIndex() {
    return "{\"ResourceTagMappingList\":[]}";
  }

  static String connection(String endpoint, String instance, String status, String failure) {
    return String.format(
        Locale.ROOT,
        """
        {"EndpointArn":"%sendpoint:%s","ReplicationInstanceArn":"%srep:%s","Status":"%s",
         "EndpointIdentifier":"%s","ReplicationInstanceIdentifier":"%s",
         "LastFailureMessage":"%s"}
        """,
        ARN,
        endpoint,
        ARN,
        instance,
        status,
        endpoint,
        instance,
        failure);
  }

  static String task(String status) {
    return String.format(
        Locale.ROOT, "{\"ReplicationTaskIdentifier\":\"hr\",\"Status\":\"%s\"}", status);
  }
}
