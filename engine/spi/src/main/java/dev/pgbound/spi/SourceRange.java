package dev.pgbound.spi;

/**
 * A place in a file. Lines and columns count from 1; the end column is the first one behind.
 *
 * @param file the path as the user gave it
 */
public record SourceRange(String file, int line, int column, int endLine, int endColumn) {

  /** {@code file:line:column}, which editors and terminals turn into a link. */
  public String position() {
    return file + ":" + line + ":" + column;
  }
}
