package dev.pgbound.cli;

import dev.pgbound.cli.Shell.Result;
import dev.pgbound.cli.render.Output;
import dev.pgbound.cli.render.PlanView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** One plan in every form. */
record Outputs(Map<Output, String> texts) {

  /** Runs {@code plan} once and reads everything that it writes. */
  static Outputs of(Shell shell, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--simulate");
    for (Output output : Output.values()) {
      arguments.add("--write");
      arguments.add(output.word() + "=" + shell.file("plan." + output.word()));
    }
    Result result = shell.run("plan", arguments.toArray(String[]::new));
    if (!result.err().contains("saved to plan.sarif")) {
      throw new AssertionError(result.err());
    }
    Map<Output, String> texts = new EnumMap<>(Output.class);
    for (Output output : Output.values()) {
      texts.put(output, shell.read("plan." + output.word()));
    }
    return new Outputs(texts);
  }

  static Outputs of(PlanView view) {
    Map<Output, String> texts = new EnumMap<>(Output.class);
    for (Output output : Output.values()) {
      texts.put(output, output.of(view, OptionalInt.empty()));
    }
    return new Outputs(texts);
  }

  String get(Output output) {
    return Objects.requireNonNull(texts.get(output));
  }

  /** Without the folder and the style of pages, which has a file of its own. */
  String shortened(Output output) {
    return get(output)
        .replace("target/plan-output/", "")
        .replaceFirst("(?s)<style>.*?</style>", "<style></style>");
  }
}
