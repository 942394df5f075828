package dev.pgbound.engine.plan;

/** Puts texts that somebody else wrote, with or without a full stop, into sentences. */
public final class Sentence {

  private Sentence() {}

  /** {@code text} without its full stop, to stand within a sentence. */
  public static String part(String text) {
    String stripped = text.strip();
    return stripped.endsWith(".") && !stripped.endsWith("..")
        ? stripped.substring(0, stripped.length() - 1)
        : stripped;
  }
}
