package dev.pgbound.cli;

import dev.pgbound.cli.progress.LiveProgress;
import dev.pgbound.cli.render.Paint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Where a command writes and whom it asks. Results go to {@link #out}, everything else to {@link
 * #err}.
 *
 * @param in empty when nobody can be asked
 * @param environment gives a variable of the environment, or null
 */
public record Console(
    PrintWriter out, PrintWriter err, Optional<BufferedReader> in, Environment environment) {

  /** Variables of the environment. */
  public interface Environment {
    Optional<String> get(String name);
  }

  /** Asks a question that only {@code yes} affirms. */
  public boolean confirms(String question) {
    if (in.isEmpty()) {
      return false;
    }
    err.print(question);
    err.flush();
    try {
      return "yes".equals(in.get().readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints a line to {@link #err} at once. */
  public void say(String line) {
    err.println(line);
    err.flush();
  }

  /** How wide the screen is that {@link #out} leads to, as the launcher says; empty for none. */
  public OptionalInt columns() {
    return environment
        .get("PGBOUND_COLUMNS")
        .filter(text -> text.matches("[1-9][0-9]{0,4}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }

  /** The screen that {@link #err} leads to, as the launcher says; empty for none. */
  public Optional<LiveProgress.Size> screen() {
    return environment
        .get("PGBOUND_SCREEN")
        .filter(text -> text.matches("[1-9][0-9]{0,4} [1-9][0-9]{0,4}"))
        .map(text -> text.split(" ", -1))
        .map(size -> new LiveProgress.Size(Integer.parseInt(size[1]), Integer.parseInt(size[0])));
  }

  /** Whether that screen can be redrawn, and somebody looks at it. */
  public boolean isRedrawn() {
    return environment.get("TERM").filter(name -> !name.equals("dumb")).isPresent()
        && environment.get("CI").isEmpty();
  }

  /** The colours for {@link #out}. */
  public Paint outPaint() {
    return paint(columns().isPresent());
  }

  /** The colours for {@link #err}. */
  public Paint errPaint() {
    return paint(screen().isPresent());
  }

  /**
   * As https://no-color.org and https://force-color.org have it; a variable that is empty is none.
   */
  private Paint paint(boolean terminal) {
    boolean refused = environment.get("NO_COLOR").filter(text -> !text.isEmpty()).isPresent();
    boolean forced = environment.get("FORCE_COLOR").filter(text -> !text.isEmpty()).isPresent();
    boolean able = terminal && environment.get("TERM").filter("dumb"::equals).isEmpty();
    return Paint.of(!refused && (forced || able));
  }

  /** The environment as the engine takes secrets from it. */
  public UnaryOperator<String> secrets() {
    return name ->
        environment
            .get(name)
            .orElseThrow(
                () ->
                    new dev.pgbound.spi.ResourceException(
                        dev.pgbound.spi.ResourceException.Kind.INVALID_REQUEST,
                        "NoVariable",
                        String.format(
                                Locale.ROOT,
                                "The environment has no variable %s, from which a secret is taken. Set it and",
                                name)
                            + " apply again."));
  }
}
