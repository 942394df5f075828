package dev.pgbound.cli.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes one page of HTML that needs nothing from elsewhere: no script, no font, no picture. */
final class Html {

  private final StringBuilder html = new StringBuilder();

  /** A page up to the start of its body. */
  Html(String title) {
    html.append(
        String.format(
            Locale.ROOT,
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>%s</title>
            <style>
            %s</style>
            </head>
            <body>
            """,
            escape(title),
            style()));
  }

  private static String style() {
    try (InputStream css = Html.class.getResourceAsStream("plan.css")) {
      if (css == null) {
        throw new IllegalStateException("plan.css is missing");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds markup; each {@code %s} stands for a text, which is escaped, and the other places of
   * {@link String#format} for numbers.
   */
  Html add(String markup, Object... values) {
    Object[] escaped = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      escaped[i] = values[i] instanceof Number ? values[i] : escape(values[i].toString());
    }
    html.append(String.format(Locale.ROOT, markup, escaped));
    return this;
  }

  /** The page. */
  String end() {
    return html.append("</body>\n</html>\n").toString();
  }

  /** A text as part of an element or of an attribute in quotes. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    Words.visible(text)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
