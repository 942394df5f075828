package dev.pgbound.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.fault.FaultRule.Calls;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultRuleTest {

  @Test
  void saysWhichCallsAndWhatHappensToThem() {
    FaultRule rule = FaultRule.parse("dms:CreateReplicationTask:2:reset-after");

    assertThat(rule.service()).isEqualTo("dms");
    assertThat(rule.operation()).isEqualTo("CreateReplicationTask");
    assertThat(rule.calls()).isEqualTo(new Calls(2, 2, 1, 0));
    assertThat(rule.kinds()).containsExactly(FaultKind.RESET_AFTER);
  }

  @Test
  void saysHowManyCalls() {
    assertThat(FaultRule.parse("*:1-3:throttling").calls()).isEqualTo(new Calls(1, 3, 1, 0));
    assertThat(FaultRule.parse("*:4-:throttling").calls())
        .isEqualTo(new Calls(4, Long.MAX_VALUE, 1, 0));
    assertThat(FaultRule.parse("*:*:throttling").calls())
        .isEqualTo(new Calls(1, Long.MAX_VALUE, 1, 0));
    assertThat(FaultRule.parse("ec2:*:30%@42:throttling+server-error").calls())
        .isEqualTo(new Calls(1, Long.MAX_VALUE, 0.3, 42));
  }

  @Test
  void takesAValueWhereTheKindHasOne() {
    FaultRule failed = FaultRule.parse("dms:StartReplicationTask:1:failed-state=failed, ORA-01031");
    assertThat(failed.status()).isEqualTo("failed");
    assertThat(failed.reason()).isEqualTo("ORA-01031");
    assertThat(FaultRule.parse("*:*:slow=5").factor()).isEqualTo(5);
    assertThat(FaultRule.parse("*:*:slow").factor()).isEqualTo(3);
    assertThat(FaultRule.parse("*:*:lingering-interfaces=90s").duration())
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(FaultRule.parse("dms:*:1-6:role-not-visible").value()).isEqualTo("dms-vpc-role");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throttling                        |  0 | SERVICE:OPERATION:CALLS:KIND",
        "dms:CreateEndpoint                |  4 | SERVICE:OPERATION:CALLS:KIND",
        "dms:CreateEndpoint:0:throttling   | 19 | \"0\" says no calls",
        "dms:CreateEndpoint:3-1:throttling | 19 | ends before it begins",
        "dms:CreateEndpoint:101%:slow      | 19 | says no calls",
        "dms:CreateEndpoint:1:throtling    | 21 | Did you mean \"throttling\"?",
        "dms:CreateEndpoint:1:             | 21 | There is no kind of fault \"\"",
        "dms:CreateEndpoint:1:slow=fast    | 26 | slow takes a factor",
        "dms:CreateEndpoint:1:slow=0       | 26 | slow takes a factor",
        "dms:CreateEndpoint:1:throttling=1 | 32 | takes no value",
        "*:1:lingering-interfaces=12       | 25 | takes a duration",
        "*:1:failed-state=                 | 17 | nothing behind",
        "*:1:throttling+server-error       |  4 | calls that chance picks",
        "*:10%:throttling+slow             |  6 | slow cannot be one of several",
        "*:10%:throttling+throtling        | 17 | Did you mean \"throttling\"?",
        "ec2:CreateVpc:1:role-not-visible  | 16 | goes with operations of dms",
        "dms:DeleteEndpoint:1:failed-state | 21 | operations that create"
      })
  void saysWhereAMistakeIs(String text, int offset, String message) {
    assertThatThrownBy(() -> FaultRule.parse(text))
        .isInstanceOfSatisfying(
            InvalidFaultException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessageContaining(message);
  }
}
