package dev.pgbound.spi;

/** Takes what {@link ResourceType#check} finds; the engine adds file, line and column. */
public interface Problems {

  /**
   * @param path where in the resource, such as {@code oracleSettings.numberDatatypeScale}
   * @param code the stable code of the finding
   * @param summary what is wrong, without values of the user
   * @param detail what, why and what to do, in full sentences
   */
  void error(String path, String code, String summary, String detail);

  /** As {@link #error}, for what works but hurts. */
  void warning(String path, String code, String summary, String detail);
}
