package dev.pgbound.cli.render;

import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.spi.Diagnostic;
import java.util.List;
import java.util.Locale;

/** What is wrong with a migration file, as a comment on a pull request. */
public final class FindingsMarkdown {

  private FindingsMarkdown() {}

  /** The comment in the place of a plan's; at most {@link PlanMarkdown#LIMIT} characters. */
  public static String render(String title, String file, Diagnostics found) {
    List<Diagnostic> findings = found.sorted();
    int errors = Math.toIntExact(findings.stream().filter(Diagnostic::isError).count());
    Budget text = new Budget(PlanMarkdown.LIMIT - 200);
    text.add(PlanMarkdown.marker(title, file));
    text.add(
        String.format(
            Locale.ROOT,
            "## pgbound %s: no plan\n\n> [!CAUTION]\n> **%s in %s.** Nothing was compared with AWS.\n\n",
            title,
            Words.count(errors + found.omitted(), "error"),
            Markdown.code(file)));
    int shown = 0;
    for (Diagnostic finding : findings) {
      String block = Markdown.fenced("text", DiagnosticText.render(finding, found)) + "\n";
      if (block.length() > text.left()) {
        break;
      }
      text.add(block);
      shown++;
    }
    text.release(200);
    int rest = findings.size() - shown + found.omitted();
    if (rest > 0) {
      text.add(String.format(Locale.ROOT, "And %,d more.\n\n", rest));
    }
    text.add("<sub>pgbound " + Markdown.text(ToolVersion.text()) + "</sub>\n");
    return text.toString();
  }

  /** One finding in a list. */
  static String line(Diagnostic finding) {
    return String.format(
        Locale.ROOT,
        "- **%s** %s %s: %s\n",
        finding.code(),
        finding.range().map(range -> Markdown.code(PlanView.position(range))).orElse(""),
        Markdown.text(finding.summary()),
        Markdown.text(PlanView.explanation(finding)));
  }
}
