package dev.pgbound.engine.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.SourceMap;
import dev.pgbound.spi.SourceRange;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One expression in the Common Expression Language. Nothing else knows the library. */
final class CelRule {

  private static final String PLAN = "plan";
  private static final String CHANGE = "change";

  /** Far more than any plan needs; a rule that never ends must not hold up a run. */
  private static final int ITERATIONS = 10_000_000;

  private static final MapType DOCUMENT = MapType.create(SimpleType.STRING, SimpleType.DYN);

  private final boolean aboutChanges;
  private final Program program;

  private CelRule(boolean aboutChanges, Program program) {
    this.aboutChanges = aboutChanges;
    this.program = program;
  }

  /** What is wrong with an expression, and where in it. */
  record Mistake(String text, int line, int column) {

    /** The place in the file; that of the whole expression where the place within is not sure. */
    SourceRange range(SourceMap map, Pointer place) {
      return line == 1 ? map.within(place, column, column + 1) : map.value(place);
    }
  }

  /** Why a text is no expression that is true or false; empty when it is one. */
  static Optional<Mistake> mistake(String text) {
    CelValidationResult result = language().compile(text);
    return result.getErrors().stream().findFirst().map(CelRule::mistake);
  }

  private static Mistake mistake(CelIssue issue) {
    CelSourceLocation at = issue.getSourceLocation();
    String message = issue.getMessage().strip().replaceAll("\\s*\\(in container ''\\)", "");
    return new Mistake(message, at.getLine(), Math.max(0, at.getColumn()));
  }

  /**
   * An expression without mistakes.
   *
   * @throws IllegalArgumentException for any other
   */
  static CelRule of(String text) {
    try {
      Cel language = language();
      CelAbstractSyntaxTree tree = language.compile(text).getAst();
      boolean aboutChanges =
          tree.getReferenceMap().values().stream().anyMatch(one -> one.name().equals(CHANGE));
      return new CelRule(aboutChanges, language.createProgram(tree));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException("not a rule: " + text, e);
    }
  }

  private static Cel language() {
    CelOptions options = CelOptions.current().comprehensionMaxIterations(ITERATIONS).build();
    return CelFactory.standardCelBuilder()
        .setOptions(options)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addCompilerLibraries(CelExtensions.strings())
        .addRuntimeLibraries(CelExtensions.strings())
        .addVar(PLAN, DOCUMENT)
        .addVar(CHANGE, DOCUMENT)
        .setResultType(SimpleType.BOOL)
        .build();
  }

  /** Whether it is meant for every single change. */
  boolean isAboutChanges() {
    return aboutChanges;
  }

  /**
   * What a rule says of a plan.
   *
   * @param objection why it is not met, empty text when there is nothing to add; empty when it is
   *     met
   * @param isFailure whether it is neither true nor false
   */
  record Verdict(Optional<String> objection, boolean isFailure) {

    private static Verdict failure(String why) {
      return new Verdict(Optional.of(why), true);
    }
  }

  /** Asks the rule about a plan, and about one of its changes. */
  Verdict ask(Map<String, Object> plan, Map<String, Object> change) {
    try {
      Object result = program.eval(Map.of(PLAN, plan, CHANGE, change));
      if (result instanceof Boolean met) {
        return new Verdict(met ? Optional.empty() : Optional.of(""), false);
      }
      return Verdict.failure("its rule is neither true nor false");
    } catch (CelEvaluationException e) {
      return Verdict.failure(
          String.format(
              Locale.ROOT,
              "its rule cannot be worked out: %s; ask with has() for what may be absent",
              words(e)));
    }
  }

  private static String words(Exception failure) {
    return String.valueOf(failure.getMessage())
        .replaceFirst("^evaluation error[^:]*(?: at <input>:\\d+)?: ", "")
        .replaceFirst("\\.$", "");
  }
}
