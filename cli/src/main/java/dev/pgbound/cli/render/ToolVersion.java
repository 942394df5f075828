package dev.pgbound.cli.render;

/** Which pgbound this is. */
public final class ToolVersion {

  private ToolVersion() {}

  /** The version of the package; {@code (not packaged)} where classes run as they were compiled. */
  public static String text() {
    String version = ToolVersion.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
