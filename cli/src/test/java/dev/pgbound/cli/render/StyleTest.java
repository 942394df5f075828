package dev.pgbound.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether pages can be read: the contrast that WCAG 2.2 (1.4.3 and 1.4.11) asks for. */
class StyleTest {

  private static final Path STYLE = Path.of("src/main/resources/dev/pgbound/cli/render/plan.css");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hasEnoughContrast(boolean dark) throws IOException {
    Map<String, String> colours = colours(dark);

    for (String text : List.of("text", "soft", "link")) {
      for (String ground : List.of("page", "sheet", "tint")) {
        assertContrast(colours, text, ground, 4.5);
      }
    }
    for (String one :
        List.of(
            "destroys-data", "reloads-data", "stops-replication", "interrupts", "none", "drift")) {
      assertContrast(colours, one, one + "-tint", 4.5);
      assertContrast(colours, one, "sheet", 4.5);
      assertContrast(colours, "text", one + "-tint", 4.5);
      // words within a bar
      assertContrast(colours, "sheet", one, 4.5);
    }
    assertContrast(colours, "minus", "minus-tint", 4.5);
    assertContrast(colours, "plus", "plus-tint", 4.5);
  }

  private static Map<String, String> colours(boolean dark) throws IOException {
    String style = Files.readString(STYLE);
    int from = style.indexOf("@media (prefers-color-scheme: dark)");
    int to = style.indexOf("* { box-sizing");
    Map<String, String> colours = new HashMap<>();
    Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});")
        .matcher(dark ? style.substring(from, to) : style.substring(0, from))
        .results()
        .forEach(colour -> colours.put(colour.group(1), colour.group(2)));
    return colours;
  }

  private static void assertContrast(
      Map<String, String> colours, String text, String ground, double least) {
    double one = luminance(Objects.requireNonNull(colours.get(text), text));
    double other = luminance(Objects.requireNonNull(colours.get(ground), ground));
    double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    assertThat(contrast).as("%s on %s", text, ground).isGreaterThanOrEqualTo(least);
  }

  private static double luminance(String colour) {
    return 0.2126 * part(colour, 1) + 0.7152 * part(colour, 3) + 0.0722 * part(colour, 5);
  }

  private static double part(String colour, int at) {
    double part = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
