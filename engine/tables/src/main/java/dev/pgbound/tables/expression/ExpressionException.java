package dev.pgbound.tables.expression;

/** An expression that means nothing, with the place where that shows. */
public final class ExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int place;

  ExpressionException(String message, int place) {
    super(message);
    this.place = place;
  }

  /** The character of the expression, counted from 1. */
  public int place() {
    return place;
  }
}
