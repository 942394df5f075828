package dev.pgbound.aws;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import java.util.Optional;

/** A resource type of this provider. */
interface AwsType extends ResourceType {

  /**
   * What the ARNs of its objects look like in the tagging API; empty for objects that the tagging
   * API does not know.
   */
  Optional<ArnKind> arnKind();

  @Override
  default Value.Fields describe(Live live) {
    return Description.of(schema(), live).fields();
  }
}
