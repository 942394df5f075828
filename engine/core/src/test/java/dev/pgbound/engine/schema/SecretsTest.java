package dev.pgbound.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret in the file never reaches a message or an excerpt. */
class SecretsTest {

  private static final String CANARY = "hunter2";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: hunter2",
        "password: 'hunter2'",
        "password: \"a hunter2\"",
        "password: hunter2 # comment",
        "password: |\n        hunter2\n        hunter2",
        "password: \"a\n        hunter2\"",
        "password: [hunter2, b]",
        "password: {a: hunter2}",
        "password: {hunter2: b}",
        "password: x${env.X}hunter2",
        "password: 'a${hunter2}'",
        "password: '${hunter2}'",
        "password: '${env:X}hunter2'",
        "password: '${hunter2'",
        "pasword: hunter2",
        "asmPassword: hunter2",
        "asm-pasword: hunter2",
        "secretString: hunter2",
        "oracleSettings: {secretId: a, asmPassword: hunter2, asmPasword: hunter2}",
        "oracleSettings: {secretId: a, asmPassword: hunter2, unknown: 1, numberDatatypeScale: x}",
        "password: hunter2\n      password: hunter2",
        "password: 'hunter2",
        "password: [hunter2",
        "password: hunter2: x",
        "password: !hunter2 x\n      pasword: \"hunter2\"",
      })
  void isHiddenHoweverItIsWritten(String line) {
    String report =
        Sample.reportWithin(
            "resources:\n  dms-endpoint:\n    a:\n      endpointType: target\n      "
                + line
                + "\n");

    assertThat(report).contains("Error ").doesNotContain(CANARY);
  }

  @Test
  void valueOfAVariableIsNotShownEither() {
    String report =
        Sample.reportWithin(
            "variables: {p: hunter2}\noverrides: {dms-endpoint.a: {password: \"${var.p}\"}}\n");

    assertThat(report)
        .contains("SCHEMA-009", "A variable is no place for it")
        .doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${env.PASSWORD}", "${secret.oracle}", "${secret.oracle.value}"})
  void referenceIsAccepted(String reference) {
    assertThat(
            Sample.reportWithin("overrides: {dms-endpoint.a: {password: \"" + reference + "\"}}\n"))
        .isEmpty();
  }
}
