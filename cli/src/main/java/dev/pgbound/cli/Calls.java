package dev.pgbound.cli;

import dev.pgbound.aws.CallListener;
import dev.pgbound.engine.apply.RunJournal;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.Timeline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the calls of AWS's API into the journal of a run. */
public final class Calls implements CallListener {

  private volatile @Nullable Journalled journal;

  private record Journalled(RunJournal journal, Timeline timeline) {}

  /** From now on every call gets a line before and after it. */
  public void writeTo(RunJournal newJournal, Timeline timeline) {
    journal = new Journalled(newJournal, timeline);
  }

  @Override
  public void before(Call call) {
    write("call-begin", call, Optional.empty());
  }

  @Override
  public void after(Call call, Optional<ResourceException> failure) {
    write("call-end", call, failure);
  }

  private void write(String event, Call call, Optional<ResourceException> failure) {
    Journalled to = journal;
    if (to == null) {
      return;
    }
    Map<String, String> line = new LinkedHashMap<>();
    // Workers are named after their steps.
    line.put("step", Thread.currentThread().getName());
    line.put("call", call.toString());
    failure.ifPresent(e -> line.put("error", e.code()));
    to.journal().write(to.timeline().now(), event, line);
  }
}
