package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

  @TempDir private Path folder;

  @AfterEach
  void forgetCredentials() {
    List.of("aws.accessKeyId", "aws.secretAccessKey").forEach(System::clearProperty);
  }

  @Test
  void doesWhatUsersDoWithoutAMistake() throws IOException {
    assertThat(Training.run(folder)).isTrue();
  }
}
