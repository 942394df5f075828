package dev.pgbound.cli.progress;

import java.util.ArrayList;
import java.util.List;

/** As much of a terminal as progress uses: line ends, the cursor upwards, clearing below. */
final class Terminal {

  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;

  /** The lines on the screen after {@code output}; the last one, where the cursor is, is empty. */
  List<String> show(String output) {
    int i = 0;
    while (i < output.length()) {
      char c = output.charAt(i);
      if (c == '\u001b') {
        int end = i + 2;
        while (Character.isDigit(output.charAt(end))) {
          end++;
        }
        control(output.substring(i + 2, end), output.charAt(end));
        i = end;
      } else if (c == '\n') {
        row++;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else if (c == '\r') {
        // every line is written from its beginning here
      } else {
        lines.get(row).append(c);
      }
      i++;
    }
    if (row != lines.size() - 1 || lines.get(row).length() > 0) {
      throw new AssertionError("the cursor is not below everything: " + lines);
    }
    return lines.subList(0, row).stream().map(StringBuilder::toString).toList();
  }

  private void control(String number, char command) {
    switch (command) {
      case 'A' -> row -= Integer.parseInt(number);
      case 'J' -> {
        lines.subList(row + 1, lines.size()).clear();
        lines.get(row).setLength(0);
      }
      default -> throw new AssertionError("unexpected control sequence " + command);
    }
  }
}
