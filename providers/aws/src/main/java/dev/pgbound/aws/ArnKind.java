package dev.pgbound.aws;

/**
 * What the ARNs of one resource type look like. Tags alone do not say what an object is: snapshots,
 * for one, inherit the tags of their cluster.
 *
 * @param service the service part, such as {@code dms}
 * @param prefix the beginning of the resource part with its separator, such as {@code subgrp:};
 *     empty where the resource part is nothing but a name
 */
record ArnKind(String service, String prefix) {

  boolean matches(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6
        && parts[2].equals(service)
        && parts[5].startsWith(prefix)
        && !(prefix.isEmpty() && parts[5].contains(":"));
  }
}
