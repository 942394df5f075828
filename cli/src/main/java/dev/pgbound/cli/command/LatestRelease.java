package dev.pgbound.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latest release of pgbound, as GitHub knows it.
 *
 * @param version without the v of its tag; empty when nobody could say
 * @param failure why nobody could
 */
record LatestRelease(String version, String failure) {

  /** An answer of GitHub is some 10 KB; its beginning has the tag. */
  private static final int LONGEST = 100_000;

  private static final Pattern TAG =
      Pattern.compile("\"tag_name\"\\s*:\\s*\"v?(\\d+(?:\\.\\d+){1,3}[-+.\\w]{0,40})\"");

  /** Asks, in a thread of its own: looking up a name cannot be given a limit. */
  static LatestRelease ask(URI releases, Duration patience) {
    FutureTask<LatestRelease> answer = new FutureTask<>(() -> ask(releases, patience.toMillis()));
    Thread asking = new Thread(answer, "latest release");
    asking.setDaemon(true);
    asking.start();
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return unknown("no answer within " + patience.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      return unknown(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    }
  }

  private static LatestRelease ask(URI releases, long millis) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) releases.toURL().openConnection();
    connection.setConnectTimeout((int) millis);
    connection.setReadTimeout((int) millis);
    connection.setRequestProperty("Accept", "application/vnd.github+json");
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      return unknown(releases.getHost() + " answered " + status);
    }
    try (InputStream in = connection.getInputStream()) {
      Matcher tag = TAG.matcher(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
      return tag.find()
          ? new LatestRelease(tag.group(1), "")
          : unknown(releases.getHost() + " named no version");
    }
  }

  private static LatestRelease unknown(String failure) {
    return new LatestRelease("", failure);
  }

  /** One line about it for somebody who has {@code present}. */
  String comparedWith(String present) {
    if (version.isEmpty()) {
      return "Could not look for a newer version: " + failure + ".";
    }
    return version.equals(present)
        ? "This is the latest release."
        : "The latest release is "
            + version
            + ": https://github.com/pgbound/pgbound/releases/tag/v"
            + version;
  }
}
