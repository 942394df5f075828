package dev.pgbound.cli.render;

import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.spi.Diagnostic;
import java.util.List;

/** What is wrong with a migration file, as a page in the place of a plan's. */
public final class FindingsHtml {

  private FindingsHtml() {}

  /** The page. */
  public static String render(String title, String file, Diagnostics found) {
    List<Diagnostic> findings = found.sorted();
    int errors = Math.toIntExact(findings.stream().filter(Diagnostic::isError).count());
    Html html = new Html("pgbound " + title + ": no plan");
    html.add(
        """
        <header>
        <p class="kicker">pgbound %s</p>
        <h1>No plan</h1>
        <ul class="facts"><li>file <b>%s</b></li></ul>
        </header>
        <div class="verdict destroys-data"><strong>%s</strong><p>Nothing was compared with AWS.</p></div>
        <main>
        <h2>Findings in the file</h2>
        <div class="changes">
        """,
        title, file, Words.count(errors + found.omitted(), "error"));
    for (Diagnostic finding : findings) {
      html.add("<pre class=\"sheet mono\">");
      DiagnosticText.render(finding, found).lines().forEach(line -> html.add("%s\n", line));
      html.add("</pre>\n");
    }
    if (found.omitted() > 0) {
      html.add("<p>And at least %,d more.</p>\n", found.omitted());
    }
    html.add("</div>\n</main>\n<footer>pgbound %s</footer>\n", ToolVersion.text());
    return html.end();
  }
}
