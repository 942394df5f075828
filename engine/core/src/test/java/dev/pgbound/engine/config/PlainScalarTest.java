package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainScalarTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "No",
        "NO",
        "on",
        "ON",
        "yes",
        "off",
        "y",
        "n",
        "2024-01-31",
        "12:30:45",
        "010",
        "007",
        "1_000",
        "0b11",
        "-0x1F",
        "+",
        "-",
        ".",
        "1.2.3",
        "1e",
        "e5",
        ".inf",
        ".NaN",
        "tRUE",
        "1e999999999",
        "=",
        "nULL"
      })
  void staysText(String text) {
    assertThat(PlainScalar.resolve(text)).isEqualTo(Value.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5, 5",
    "-17, -17",
    "+3, 3",
    "16.10, 16.1",
    ".5, 0.5",
    "5., 5",
    "1e3, 1000",
    "1.5E-2, 0.015",
    "0x1F, 31",
    "0o17, 15",
    "99999999999999999999, 99999999999999999999"
  })
  void isNumber(String text, String number) {
    assertThat(PlainScalar.resolve(text)).isEqualTo(new Value.Num(new BigDecimal(number)));
  }

  @Test
  void knowsTruthAndNothing() {
    assertThat(PlainScalar.resolve("true")).isEqualTo(Value.of(true));
    assertThat(PlainScalar.resolve("FALSE")).isEqualTo(Value.of(false));
    assertThat(PlainScalar.resolve("")).isEqualTo(Value.Null.INSTANCE);
    assertThat(PlainScalar.resolve("~")).isEqualTo(Value.Null.INSTANCE);
    assertThat(PlainScalar.resolve("null")).isEqualTo(Value.Null.INSTANCE);
  }

  @Test
  void hugeNumbersTakeNoTime() {
    assertThat(PlainScalar.resolve("9".repeat(1_000_000))).isInstanceOf(Value.Text.class);
  }
}
