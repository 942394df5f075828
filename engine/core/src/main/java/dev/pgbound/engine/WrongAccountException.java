package dev.pgbound.engine;

/** The credentials lead to another account or region than the file insists on. */
public final class WrongAccountException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongAccountException(String message) {
    super(message);
  }
}
