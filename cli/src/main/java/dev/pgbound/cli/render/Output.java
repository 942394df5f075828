package dev.pgbound.cli.render;

import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.PlanJson;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The forms in which a plan is put out. What is not asked for is not even loaded. */
public enum Output {
  TEXT,
  MARKDOWN,
  JSON,
  HTML,
  SARIF;

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Output> of(String word) {
    return Arrays.stream(values()).filter(output -> output.word().equals(word)).findFirst();
  }

  /** All words, for messages. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Output::word).toList();
  }

  /**
   * A plan; ends with a line break.
   *
   * @param columns how wide the screen is, if there is one; only the text minds it
   */
  public String of(PlanView view, OptionalInt columns) {
    return of(view, columns, Detail.SHORT);
  }

  /**
   * The same with more or less about tables; only the text minds it, because the others are not
   * read line by line.
   */
  public String of(PlanView view, OptionalInt columns, Detail tables) {
    return switch (this) {
      case TEXT -> PlanText.render(view, columns, tables);
      case MARKDOWN -> PlanMarkdown.render(view);
      case JSON -> PlanJson.write(view.plan(), view.findings());
      case HTML -> PlanHtml.render(view);
      case SARIF -> Sarif.render(view);
    };
  }

  /**
   * What was found in a file of which there is no plan.
   *
   * @param title what was asked for, {@code plan} or {@code destroy}
   */
  public String of(String title, String file, Diagnostics found) {
    return switch (this) {
      case TEXT -> DiagnosticText.render(found);
      case MARKDOWN -> FindingsMarkdown.render(title, file, found);
      case JSON -> PlanJson.findings(file, found.sorted());
      case HTML -> FindingsHtml.render(title, file, found);
      case SARIF -> Sarif.render(file, found.sorted());
    };
  }
}
