package dev.pgbound.tables;

/**
 * How LOBs of a table or of a whole task are moved.
 *
 * @param size in KB: where limited mode cuts values off, and up to which size unlimited mode moves
 *     them with their rows
 */
public record Lobs(Mode mode, long size) {

  /** Which part of a LOB arrives. */
  public enum Mode {
    /** Everything up to a size; the rest is cut off. */
    LIMITED,
    /** Everything, looked up row by row. */
    UNLIMITED,
    /** Nothing. */
    NONE
  }

  /** What DMS does when nothing is set. */
  public static final Lobs DEFAULT = new Lobs(Mode.LIMITED, 32);

  /** Whether a value of so many bytes loses its end. */
  public boolean cuts(long bytes) {
    return mode == Mode.LIMITED && bytes > size * 1024;
  }
}
