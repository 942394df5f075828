package dev.pgbound.cli.render;

/** Text that must not grow beyond a limit; whoever adds to it asks first what is left. */
final class Budget {

  private final StringBuilder text = new StringBuilder();
  private int limit;

  Budget(int limit) {
    this.limit = limit;
  }

  int left() {
    return limit - text.length();
  }

  /** Keeps room for something that comes later. */
  void reserve(int length) {
    limit -= length;
  }

  /** Gives back what {@link #reserve} has kept. */
  void release(int length) {
    limit += length;
  }

  /** Throws {@link IllegalStateException} when there is no room, which would be a bug. */
  void add(String part) {
    if (part.length() > left()) {
      throw new IllegalStateException(
          "no room for " + part.length() + " characters, " + left() + " are left");
    }
    text.append(part);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
